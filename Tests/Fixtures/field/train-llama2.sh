#!/bin/bash
deepspeed train.py --model_name_or_path meta-llama/Llama-2-7b-hf --max_seq_len 8192 --deepspeed ds.json
