"""A bare forward pass of a Llama-shaped GGUF file in torch with its own fused attention: tokens a second.

Usage: torch-prefill.py MODEL.gguf THREADS RUNS float32|bfloat16 LENGTH…
With `losses` before the length: the mean loss of a window of arbitrary tokens in place of the last logits, once."""
import sys, time
import numpy, torch
from gguf import GGUFReader, dequantize

path, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
dtype = getattr(torch, sys.argv[4])
losses = "losses" in sys.argv
lengths = [int(x) for x in sys.argv[5:] if x != "losses"]
torch.set_num_threads(threads)
reader = GGUFReader(path)
field = lambda name: reader.fields["llama." + name].contents()
weights = {t.name: torch.from_numpy(numpy.array(dequantize(t.data, t.tensor_type), dtype=numpy.float32)).to(dtype) for t in reader.tensors}
layers, heads, groups = field("block_count"), field("attention.head_count"), field("attention.head_count_kv")
hidden, base, epsilon = field("embedding_length"), field("rope.freq_base"), field("attention.layer_norm_rms_epsilon")
size = hidden // heads
embedding = weights["token_embd.weight"]
norm = lambda x, w: torch.nn.functional.rms_norm(x, (x.shape[-1],), w, epsilon)

# Rows of q and k are stored for interleaved pairs.
@torch.inference_mode()
def prefill(tokens):
    n = len(tokens)
    angles = torch.outer(torch.arange(n, dtype=torch.float64), base ** (-torch.arange(0, size, 2, dtype=torch.float64) / size))
    cosines, sines = angles.cos().to(dtype), angles.sin().to(dtype)
    def rotate(x):
        a, b = x[..., 0::2], x[..., 1::2]
        return torch.stack((a * cosines - b * sines, a * sines + b * cosines), -1).flatten(-2)
    x = embedding[tokens]
    for i in range(layers):
        w = lambda name: weights[f"blk.{i}.{name}.weight"]
        y = norm(x, w("attn_norm"))
        q = (y @ w("attn_q").T).view(n, heads, size).transpose(0, 1)
        k = (y @ w("attn_k").T).view(n, groups, size).transpose(0, 1)
        v = (y @ w("attn_v").T).view(n, groups, size).transpose(0, 1)
        a = torch.nn.functional.scaled_dot_product_attention(rotate(q)[None], rotate(k)[None], v[None], is_causal=True, enable_gqa=True)[0]
        x = x + a.transpose(0, 1).reshape(n, -1) @ w("attn_output").T
        y = norm(x, w("ffn_norm"))
        x = x + (torch.nn.functional.silu(y @ w("ffn_gate").T) * (y @ w("ffn_up").T)) @ w("ffn_down").T
    if not losses:
        return norm(x[-1], weights["output_norm.weight"]) @ embedding.T
    x, total = norm(x, weights["output_norm.weight"]), 0.0
    for start in range(0, n - 1, 256):
        end = min(start + 256, n - 1)
        total += float(torch.nn.functional.cross_entropy(
            (x[start:end] @ embedding.T).float(), tokens[start + 1:end + 1], reduction="sum"))
    return total / (n - 1)

if losses:
    n = lengths[0]
    print(prefill(torch.randint(0, embedding.shape[0], (n,), generator=torch.Generator().manual_seed(1))))
elif lengths:
    prefill(torch.zeros(64, dtype=torch.long))
    for n in lengths:
        tokens = torch.randint(0, embedding.shape[0], (n,), generator=torch.Generator().manual_seed(1))
        times = []
        for _ in range(runs):
            start = time.perf_counter(); prefill(tokens); times.append(time.perf_counter() - start)
        print(f"{n} {n / sorted(times)[len(times) // 2]:.1f}", flush=True)
