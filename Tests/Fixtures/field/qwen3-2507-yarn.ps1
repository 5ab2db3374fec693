.\llama-server.exe -m C:\models\Qwen3-30B-A3B-Instruct-2507-Q4_K_M.gguf -c 524288 --rope-scaling yarn --rope-scale 2 --yarn-orig-ctx 262144 -fa on
