"""Prefill by llama.cpp (as PyPI's xllamacpp has it), flash attention on, with the logits of the last token: tokens a second,
the highest of some runs after a short one.

Usage: llama-prefill.py MODEL.gguf THREADS RUNS LENGTH…"""
import random, sys, time
import llamacpp

path, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
generator = random.Random(1)
for length in [int(text) for text in sys.argv[4:]]:
    speeds = []
    for run in range(runs + 1):
        count = length if run else 64
        tokens = [generator.randrange(256, 40000) for _ in range(count)]
        _, context = llamacpp.opened(path, threads, length, batch=2048)
        start = time.perf_counter()
        for _ in llamacpp.read(context, tokens, wants_logits=False, size=2048):
            pass
        speeds.append(count / (time.perf_counter() - start))
    print(f"{length} {max(speeds[1:]):.1f}", flush=True)
