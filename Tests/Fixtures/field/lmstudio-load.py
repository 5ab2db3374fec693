import lmstudio as lms
model = lms.llm("qwen/qwen3-8b", config={"contextLength": 131072})
