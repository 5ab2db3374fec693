python3 -m dynamo.sglang --model-path Qwen/Qwen3-32B --context-length 131072 --tp 4 &
python3 -m dynamo.trtllm --model-path Qwen/Qwen3-32B --max-seq-len 131072
