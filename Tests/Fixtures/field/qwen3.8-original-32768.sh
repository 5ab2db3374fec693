./build/bin/llama-server \
  -hf unsloth/Qwen3.8-27B-GGUF:UD-Q3_K_XL \
  -dev CUDA0 -sm none \
  --rope-scaling yarn --rope-scale 5 --yarn-orig-ctx 32768 \
  -fa on -ctk q8_0 -ctv q5_1 -np 2 -c 296000 --jinja --host 127.0.0.1 --port 8080
