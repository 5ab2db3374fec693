"""Prefill of a GGUF file by OpenVINO GenAI, which reads it by itself: tokens a second until the first token.

Usage: openvino-prefill.py MODEL.gguf THREADS RUNS float32|bfloat16 LENGTH…
Products and the cache are of the type that is named; activations are not quantised, as they are by default."""
import random, sys, time
import numpy, openvino, openvino_genai

path, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
kind = {"float32": "f32", "bfloat16": "bf16"}[sys.argv[4]]
pipeline = openvino_genai.LLMPipeline(
    path, "CPU", INFERENCE_NUM_THREADS=threads, INFERENCE_PRECISION_HINT=kind, KV_CACHE_PRECISION=kind,
    DYNAMIC_QUANTIZATION_GROUP_SIZE=0)
settings = openvino_genai.GenerationConfig()
settings.max_new_tokens, settings.do_sample, settings.ignore_eos = 1, False, True
generator = random.Random(1)
for n in [int(x) for x in sys.argv[5:]]:
    times = []
    for _ in range(runs):
        tokens = numpy.array([[generator.randrange(256, 40000) for _ in range(n)]], dtype=numpy.int64)
        inputs = openvino_genai.TokenizedInputs(openvino.Tensor(tokens), openvino.Tensor(numpy.ones_like(tokens)))
        start = time.perf_counter()
        pipeline.generate(inputs, settings)
        times.append(time.perf_counter() - start)
    print(f"{n} {n / min(times):.1f}", flush=True)
