MODEL_DIR="$(realpath ./models/Qwen3-32B-FP8)"
CUDA_VISIBLE_DEVICES=1 \
timeout -k 60s 6h \
vllm serve "$MODEL_DIR" \
  --served-model-name qwen3-32b-fp8 \
  --hf-overrides '{"rope_parameters":{"rope_type":"yarn","factor":2.0,"original_max_position_embeddings":32768,"rope_theta":1000000}}' \
  --max-model-len 65536 \
  2>&1 | tee "$HOME/server.log"
