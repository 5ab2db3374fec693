mistralrs serve -m Qwen/Qwen3-8B --max-seq-len 131072
