vllm serve Alibaba-NLP/gte-Qwen2-7B-instruct --task embed --max-model-len 131072
