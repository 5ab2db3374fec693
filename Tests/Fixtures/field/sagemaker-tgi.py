from sagemaker.huggingface import HuggingFaceModel
model = HuggingFaceModel(env={'HF_MODEL_ID':'meta-llama/Llama-2-7b-chat-hf','MAX_INPUT_LENGTH':'7000','MAX_TOTAL_TOKENS':'8192'}, role='r')
