vllm serve deepseek-ai/DeepSeek-V3.2 --hf-overrides '{"rope_parameters": {"rope_type":"yarn","factor":8.0,"original_max_position_embeddings":163840}}' --max-model-len 1048576 --tensor-parallel-size 8
