MODEL_ARGS=(--swiglu --num-layers 36 --hidden-size 2560 --ffn-hidden-size 9728 --num-attention-heads 32 --num-query-groups 8 --rotary-base 5000000 --vocab-size 151936 --seq-length 262144 --use-rotary-position-embeddings --normalization "RMSNorm" --qk-layernorm --group-query-attention --kv-channels 128)
python3 train.py --hf-checkpoint /root/Qwen3-VL-4B-Instruct ${MODEL_ARGS[@]}
