"""The mean loss of a window of arbitrary tokens by llama.cpp (as PyPI's xllamacpp has it), flash attention on.

Usage: llama-window.py MODEL.gguf THREADS LENGTH
Logits come in batches of 512 tokens, as llama-perplexity has them; what is made of them is numpy's."""
import ctypes, random, sys
import numpy
import llamacpp
from llamacpp import library

path, threads, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
model = library.llama_model_load_from_file(path.encode(), library.llama_model_default_params())
options = library.llama_context_default_params()
options.context, options.batch, options.micro_batch = length, 512, 512
options.threads = options.batch_threads = threads
options.flash = 1
context = library.llama_init_from_model(model, options)
if not context:
    sys.exit("".join(llamacpp.lines))
vocabulary = library.llama_vocab_n_tokens(library.llama_model_get_vocab(model))
generator = random.Random(1)
tokens = [generator.randrange(256, 40000) for _ in range(length)]
batch, total = library.llama_batch_init(512, 0, 1), 0.0
for start in range(0, length, 512):
    part = tokens[start:start + 512]
    batch.count = len(part)
    for place, token in enumerate(part):
        batch.token[place], batch.position[place] = token, start + place
        batch.sequences[place], batch.sequence[place][0], batch.logits[place] = 1, 0, 1
    if library.llama_decode(context, batch):
        sys.exit("".join(llamacpp.lines))
    logits = numpy.ctypeslib.as_array(library.llama_get_logits(context), shape=(len(part), vocabulary))
    following = tokens[start + 1:start + 513]
    top = logits.max(axis=1)
    sums = numpy.log(numpy.exp(logits - top[:, None]).sum(axis=1)) + top
    total += float(sum(sums[i] - logits[i, token] for i, token in enumerate(following)))
print(total / (length - 1))
