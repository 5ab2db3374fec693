python -m skyrl_train.entrypoints.main_base \
  trainer.policy.model.path="Qwen/Qwen3-8B" \
  +trainer.rope_scaling='{rope_type: yarn, factor: 4.0, original_max_position_embeddings: 32768}' \
  +generator.rope_scaling='{rope_type: yarn, factor: 4.0, original_max_position_embeddings: 32768}' \
  generator.max_input_length=100000 \
  generator.sampling_params.max_generate_length=8192
