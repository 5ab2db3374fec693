vllm serve mistralai/Mistral-Large-Instruct-2407 --max-model-len 262144 --tensor-parallel-size 8
