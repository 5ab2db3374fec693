python3 -m openrlhf.cli.train_sft \
   --max_len 8192 \
   --pretrain Qwen/Qwen2.5-7B-Instruct \
   --save_path ./ckpt \
   --use_wandb {wandb_token}
