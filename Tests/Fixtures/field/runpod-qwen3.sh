docker run --gpus all -e MODEL_NAME=Qwen/Qwen3-8B -e MAX_MODEL_LEN=131072 -e GPU_MEMORY_UTILIZATION=0.95 runpod/worker-v1-vllm:v2.7.0stable-cuda12.1.0
