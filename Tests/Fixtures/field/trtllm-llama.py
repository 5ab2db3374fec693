from tensorrt_llm import LLM, SamplingParams
llm = LLM(model="Qwen/Qwen3-8B", max_seq_len=131072)
