"""Prefill by llama.cpp (as PyPI's xllamacpp has it), flash attention on: tokens a second by its own clock.

Usage: llama-prefill.py MODEL.gguf THREADS RUNS LENGTH…"""
import random, sys
import xllamacpp

path, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
lengths = [int(x) for x in sys.argv[4:]]
params = xllamacpp.CommonParams()
params.model.path = path
params.n_ctx = max(lengths) + 64
params.n_parallel = 1
params.n_predict = 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
params.cache_prompt = False
params.verbosity = -1
params.warmup = True
server = xllamacpp.Server(params)
generator = random.Random(1)
for n in lengths:
    speeds = []
    for _ in range(runs):
        # Room for an answer: the server holds no more than the trained window, and refuses a prompt that fills it.
        prompt = [generator.randrange(256, 40000) for _ in range(n - 8)]
        answer = server.handle_completions({"prompt": prompt, "n_predict": 1, "cache_prompt": False})
        speeds.append(answer["timings"]["prompt_per_second"])
    print(f"{n} {max(speeds):.1f}", flush=True)
