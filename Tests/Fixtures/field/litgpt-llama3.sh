#!/bin/bash
litgpt finetune meta-llama/Meta-Llama-3-8B --train.max_seq_length 16384 --data JSON
