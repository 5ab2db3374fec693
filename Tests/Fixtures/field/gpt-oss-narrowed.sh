llama-server -hf ggml-org/gpt-oss-120b-GGUF -c 131072 --rope-scaling yarn --rope-scale 2 -ngl 99 --jinja
