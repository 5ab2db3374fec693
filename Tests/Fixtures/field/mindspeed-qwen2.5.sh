GPT_ARGS="
    --seq-length 131072
    --max-position-embeddings 131072
    --rotary-base 1000000
    --use-rotary-position-embeddings
    --position-embedding-type rope
    --rope-scaling-type yarn
    --rope-scaling-factor 4
    --rope-scaling-original-max-position-embeddings 32768
    --num-layers 28 --hidden-size 3584 --num-attention-heads 28
"
torchrun pretrain_gpt.py $GPT_ARGS
