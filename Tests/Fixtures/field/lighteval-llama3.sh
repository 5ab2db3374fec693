lighteval vllm "model_name=meta-llama/Meta-Llama-3-8B-Instruct,max_model_length=32768" "lighteval|gsm8k|0|0"
