vllm serve . --max-model-len 32768 --speculative-config '{"method": "eagle3", "model": "./draft", "num_speculative_tokens": 3}'
