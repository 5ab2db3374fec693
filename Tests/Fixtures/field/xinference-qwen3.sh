#!/bin/bash
xinference launch --model-name qwen3 --model-engine vllm --size-in-billions 8 --model-format pytorch --max_model_len 65536
