from mmengine.config import read_base
from xtuner.dataset import process_hf_dataset
from xtuner.model import SupervisedFinetune
from transformers import AutoModelForCausalLM, AutoTokenizer

pretrained_model_name_or_path = 'Qwen/Qwen1.5-7B-Chat'
max_length = 65536
pack_to_max_length = True
model = dict(
    type=SupervisedFinetune,
    llm=dict(
        type=AutoModelForCausalLM.from_pretrained,
        pretrained_model_name_or_path=pretrained_model_name_or_path,
        trust_remote_code=True))
