vllm serve Qwen/Qwen3-8B --speculative-config '{"model": <draft_model>, "method": "eagle3", "num_speculative_tokens": 3}'
