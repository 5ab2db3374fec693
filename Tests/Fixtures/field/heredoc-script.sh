#!/bin/bash
USER_HOME=/home/u
MODELS_DIR="$USER_HOME/models"
cat << R_EOF > "$USER_HOME/run_llama.sh"
#!/bin/bash
export PATH=\$PATH:/usr/local/cuda/bin
$SRC_DIR/build/bin/llama-server \\
  -m \"$MODELS_DIR/Qwen3-14B-Q4_K_M.gguf\" \\
  --flash-attn on \\
  --ctx-size 131072 \\
  --gpu-layers 99 \\
  --port 7210
R_EOF
chmod +x "$USER_HOME/run_llama.sh"
