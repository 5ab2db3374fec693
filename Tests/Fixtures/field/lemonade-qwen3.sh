lemonade load Qwen3-8B-GGUF --ctx-size 131072 --save-options
