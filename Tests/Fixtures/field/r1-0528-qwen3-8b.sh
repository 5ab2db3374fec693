vllm serve deepseek-ai/DeepSeek-R1-0528-Qwen3-8B --max-model-len 163840
