#!/bin/bash
trl sft --model_name_or_path meta-llama/Llama-3.2-1B --max_length 262144 --dataset_name x --packing
