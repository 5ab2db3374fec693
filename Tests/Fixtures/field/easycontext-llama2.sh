accelerate launch train.py --batch-size 1 --output-dir ./out --model meta-llama/Llama-2-7b-hf --seq-length 65536 --rope-theta 5000000 --parallel_mode data_parallel
