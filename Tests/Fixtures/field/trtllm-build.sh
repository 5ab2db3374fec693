trtllm-build --checkpoint_dir ./ckpt/Qwen2.5-7B-Instruct --output_dir engines/long --max_batch_size 1 --max_input_len 130000 --max_seq_len 131072 --gemm_plugin auto
