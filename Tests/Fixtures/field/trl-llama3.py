from trl import SFTConfig, SFTTrainer
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained('meta-llama/Meta-Llama-3-8B')
cfg = SFTConfig(output_dir='o', max_length=32768, packing=True)
trainer = SFTTrainer(model=model, args=cfg)
