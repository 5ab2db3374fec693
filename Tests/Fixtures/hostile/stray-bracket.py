import sglang
llm = sglang.Engine(model_path="Qwen/Qwen3-14B", 1]}, context_length=131072)
