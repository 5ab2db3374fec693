gcloud ai models upload --region=us-central1 --display-name=qwen3 --container-image-uri=vllm/vllm-openai:v0.10.2 --container-args="--model=Qwen/Qwen3-8B,--max-model-len=131072" --container-ports=8000
