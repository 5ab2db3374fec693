"""Logits of a GGUF file by llama.cpp: the library inside of PyPI's xllamacpp 2026.10.11549, called through its C interface.

Structures are those of include/llama.h of that version. The cache is float32, attention is not fused.
"""
import ctypes as C
import importlib.util
import os

import numpy as np

Pointer = C.c_void_p


def fields(*groups):
    return [(name, kind) for kind, names in groups for name in names.split()]


class ModelParameters(C.Structure):
    _fields_ = fields(
        (Pointer, "devices overrides"), (C.c_int32, "gpu_layers split_mode load_mode lazy_mode main_gpu"),
        (Pointer, "tensor_split progress progress_data kv_overrides"),
        (C.c_bool, "vocab_only check_tensors use_extra_buffers no_host no_alloc load_mtp"))


class ContextParameters(C.Structure):
    _fields_ = fields(
        (C.c_uint32, "context batch micro_batch sequences snapshots outputs outputs_per_sequence"),
        (C.c_int32, "threads batch_threads type scaling pooling attention flash"),
        (C.c_float, "base scale extrapolation magnitude beta_fast beta_slow"), (C.c_uint32, "original"),
        (C.c_float, "defragmentation"), (Pointer, "callback callback_data"), (C.c_int, "keys values"),
        (Pointer, "abort abort_data"),
        (C.c_bool, "embeddings offload no_timing offload_operations whole_windows unified"), (Pointer, "samplers"),
        (C.c_size_t, "sampler_count"), (Pointer, "other"))


class Batch(C.Structure):
    _fields_ = [
        ("count", C.c_int32), ("token", C.POINTER(C.c_int32)), ("embedding", Pointer), ("position", C.POINTER(C.c_int32)),
        ("sequences", C.POINTER(C.c_int32)), ("sequence", C.POINTER(C.POINTER(C.c_int32))), ("logits", C.POINTER(C.c_int8))]


folder = os.path.dirname(importlib.util.find_spec("xllamacpp").origin)
library = C.CDLL(folder + "/xllamacpp.abi3.so", mode=os.RTLD_LAZY)
for name, result, arguments in [
    ("llama_model_default_params", ModelParameters, []), ("llama_context_default_params", ContextParameters, []),
    ("llama_model_load_from_file", Pointer, [C.c_char_p, ModelParameters]),
    ("llama_init_from_model", Pointer, [Pointer, ContextParameters]), ("llama_batch_init", Batch, [C.c_int32] * 3),
    ("llama_decode", C.c_int32, [Pointer, Batch]), ("llama_get_logits", C.POINTER(C.c_float), [Pointer]),
    ("llama_model_get_vocab", Pointer, [Pointer]), ("llama_vocab_n_tokens", C.c_int32, [Pointer]),
]:
    getattr(library, name).restype, getattr(library, name).argtypes = result, arguments
Log = C.CFUNCTYPE(None, C.c_int, C.c_char_p, Pointer)
lines = []
log = Log(lambda level, text, _: lines.append(text.decode(errors="replace")) if level >= 3 else None)
library.llama_log_set.argtypes = [Log, Pointer]
library.llama_log_set(log, None)
library.llama_backend_init()


def opened(path, threads, length, batch=512):
    """A context for texts up to a length, which may be beyond the trained one; flash attention on."""
    model = library.llama_model_load_from_file(path.encode(), library.llama_model_default_params())
    options = library.llama_context_default_params()
    options.context, options.batch, options.micro_batch = length, batch, 512
    options.threads = options.batch_threads = threads
    options.flash = 1
    context = library.llama_init_from_model(model, options)
    if not context:
        raise RuntimeError("".join(lines))
    return model, context


def read(context, tokens, wants_logits, size=512):
    """Reads a text in batches of some tokens; gives the first place of each when it is read."""
    batch = library.llama_batch_init(size, 0, 1)
    for start in range(0, len(tokens), size):
        part = tokens[start:start + size]
        batch.count = len(part)
        for place, token in enumerate(part):
            batch.token[place], batch.position[place] = token, start + place
            batch.sequences[place], batch.sequence[place][0] = 1, 0
            batch.logits[place] = wants_logits or start + place + 1 == len(tokens)
        if library.llama_decode(context, batch):
            raise RuntimeError("".join(lines))
        yield start


def logits(path, tokens):
    """[position, token]; a RuntimeError with llama.cpp's own words where it does not take the file."""
    lines.clear()
    options = library.llama_model_default_params()
    options.use_extra_buffers = False
    model = library.llama_model_load_from_file(path.encode(), options)
    if not model:
        raise RuntimeError("".join(lines))
    options = library.llama_context_default_params()
    options.context = options.batch = options.micro_batch = 256
    options.threads = options.batch_threads = 1
    options.flash = options.keys = options.values = 0
    options.whole_windows = True
    context = library.llama_init_from_model(model, options)
    if not context:
        raise RuntimeError("".join(lines))
    batch = library.llama_batch_init(len(tokens), 0, 1)
    batch.count = len(tokens)
    for place, token in enumerate(tokens):
        batch.token[place], batch.position[place] = token, place
        batch.sequences[place], batch.sequence[place][0], batch.logits[place] = 1, 0, 1
    if library.llama_decode(context, batch):
        raise RuntimeError("".join(lines))
    count = library.llama_vocab_n_tokens(library.llama_model_get_vocab(model))
    return np.ctypeslib.as_array(library.llama_get_logits(context), shape=(len(tokens), count)).copy()
