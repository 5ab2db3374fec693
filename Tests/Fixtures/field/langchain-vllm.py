from langchain_community.llms import VLLM
llm = VLLM(model="meta-llama/Meta-Llama-3-8B-Instruct", trust_remote_code=True, max_new_tokens=128, vllm_kwargs={"max_model_len": 32768})
