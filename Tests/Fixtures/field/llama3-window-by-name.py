from transformers import AutoConfig, AutoModelForCausalLM
model_id = "meta-llama/Meta-Llama-3-8B"
config = AutoConfig.from_pretrained(model_id)
config.max_position_embeddings = 131072
config.rope_theta = 16_000_000
model = AutoModelForCausalLM.from_pretrained(model_id, config=config, dtype="auto")
