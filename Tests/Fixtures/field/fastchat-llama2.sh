torchrun --nproc_per_node=4 fastchat/train/train_mem.py \
    --model_name_or_path meta-llama/Llama-2-7b-hf \
    --model_max_length 16384 --data_path x.json --output_dir out
