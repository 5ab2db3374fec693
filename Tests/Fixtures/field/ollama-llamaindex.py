from llama_index.llms.ollama import Ollama
llm = Ollama(model="qwen3:8b", context_window=131072, request_timeout=360)
