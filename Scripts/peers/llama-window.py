"""The mean loss of a window of arbitrary tokens by llama.cpp (as PyPI's xllamacpp has it), flash attention on.

Usage: llama-window.py MODEL.gguf THREADS LENGTH
Logits come in batches of 512 tokens, as llama-perplexity has them; what is made of them is numpy's."""
import random, sys
import numpy
import llamacpp
from llamacpp import library

path, threads, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
model, context = llamacpp.opened(path, threads, length)
vocabulary = library.llama_vocab_n_tokens(library.llama_model_get_vocab(model))
generator = random.Random(1)
tokens = [generator.randrange(256, 40000) for _ in range(length)]
total = 0.0
for start in llamacpp.read(context, tokens, wants_logits=True):
    count = min(512, length - start)
    logits = numpy.ctypeslib.as_array(library.llama_get_logits(context), shape=(count, vocabulary))
    following = tokens[start + 1:start + 513]
    top = logits.max(axis=1)
    sums = numpy.log(numpy.exp(logits - top[:, None]).sum(axis=1)) + top
    total += float(sum(sums[i] - logits[i, token] for i, token in enumerate(following)))
print(total / (length - 1))
