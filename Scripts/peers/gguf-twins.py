#!/usr/bin/env python3
"""Tiny decoders as llama.cpp's own converter writes them, for Tests/Fixtures/stored: one family a pair of files.

    pip install torch==2.* transformers==5.24.0 numpy safetensors sentencepiece xllamacpp
    python Scripts/peers/gguf-twins.py LLAMA_CPP Tests/Fixtures/decoders Tests/Fixtures/stored [FAMILY …]

LLAMA_CPP is a source tree of llama.cpp, such as the one inside of llama-cpp-python's source package: its `conversion` and
`gguf-py` are imported, nothing of it is kept. NAME.json has, for each case of the family's golden that the converter
takes, the metadata that it writes and where the rows of each tensor come from, [source, first row, step, rows], so that
the test draws the numbers again; further cases have keys that no converter writes. llama.cpp itself (llamacpp.py) then
runs each file: NAME.json says how far from transformers it is, as a share of the largest logit, and NAME.safetensors has
its logits where that is more than rounding and tables.
"""
import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

LLAMA, GOLDENS, OUT = sys.argv[1:4]
sys.path[:0] = [LLAMA, LLAMA + "/gguf-py"]
import gguf  # noqa: E402
import transformers  # noqa: E402
from conversion import ModelBase, ModelType, get_model_class  # noqa: E402

import llamacpp  # noqa: E402

logging.disable(logging.WARNING)
TYPES = {4: "uint32", 5: "int32", 6: "float32", 7: "flag", 8: "text", 9: "list", 10: "uint64", 12: "float64"}


def numbers(name, shape, centre, width):
    """The numbers of decoder-goldens.py."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & (1 << 64) - 1
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (centre + ((z >> np.uint64(40)).astype(np.float64) / 2**24 - 0.5) * width).astype(np.float32).reshape(shape)


# Keys that published files have and the goldens' do not.
PUBLISHED = {
    "cohere2": {"rotary_pct": 1.0}, "gpt2": {"n_ctx": 48, "layer_norm_epsilon": 1e-5},
    "deepseek_v3": {"scoring_func": "sigmoid"}, "deepseek_v2": {"scoring_func": "softmax"},
    "minimax_m2": {"scoring_func": "sigmoid"}, "falcon": {"num_kv_heads": 1}}
load_hparams = ModelBase.load_hparams
YARN = {"rope.scaling.type": "yarn", "rope.scaling.factor": 4.0, "rope.scaling.original_context_length": 12}
DIVISORS = {"rope_freqs.weight": [1.0, 1.3, 2.0, 3.5]}
# Files that no converter writes and llama.cpp reads: further keys and tensors of the first case.
VARIANTS = {
    "llama": {
        "divisors-and-yarn": (YARN, DIVISORS),
        "divisors-and-linear": ({"rope.scaling.type": "linear", "rope.scaling.factor": 2.0}, DIVISORS),
        "divisors-and-magnitude": ({"rope.scaling.attn_factor": 0.7}, DIVISORS),
        "divisors-yarn-and-magnitude": (YARN | {"rope.scaling.attn_factor": 0.7}, DIVISORS),
        "magnitude-alone": ({"rope.scaling.attn_factor": 1.3}, {}),
        "magnitude-and-linear": ({"rope.scaling.type": "linear", "rope.scaling.factor": 2.0, "rope.scaling.attn_factor": 1.3}, {}),
        "magnitude-and-yarn": (YARN | {"rope.scaling.attn_factor": 1.3}, {}),
        "unread-turns": (YARN | {"rope.scaling.yarn_beta_fast": 8.0, "rope.scaling.yarn_beta_slow": 0.5, "rope.scaling.yarn_log_multiplier": 0.07}, {}),
        "old-divisor": ({"rope.scale_linear": 2.0}, {}),
        "factor-below-one": ({"rope.scaling.factor": 0.5}, {}),
        "type-none": (YARN | {"rope.scaling.type": "none"}, {}),
        "ignored-window": ({"attention.sliding_window": 5}, {}),
    },
    "ministral3": {
        "turns-and-logarithm": (YARN | {"rope.scaling.yarn_beta_fast": 8.0, "rope.scaling.yarn_beta_slow": 0.5, "rope.scaling.yarn_log_multiplier": 0.7}, {}),
        "logarithm-and-magnitude": (YARN | {"rope.scaling.yarn_log_multiplier": 0.7, "rope.scaling.attn_factor": 1.2}, {}),
        "temperature": (YARN | {"attention.temperature_scale": 0.3}, {}),
    },
    "deepseek_v3": {"logarithm": (YARN | {"rope.scaling.yarn_log_multiplier": 0.07}, {})},
}


def convert(config, tensors, folder, keys={}, further={}):
    own = transformers.AutoConfig.for_model(**json.loads(json.dumps(config)))
    own.architectures = [architecture(own)]
    own.save_pretrained(folder)
    written = json.load(open(folder + "/config.json"))
    # What the golden's file says at the top stays there: the converter looks at both places.
    json.dump(config | written, open(folder + "/config.json", "w"))
    save_file({name: numbers(name, *entry) for name, entry in tensors.items()}, folder + "/model.safetensors", {"format": "pt"})
    vocabulary = {"model": {"vocab": {str(i): i for i in range(config["vocab_size"])}}, "added_tokens": []}
    json.dump(vocabulary, open(folder + "/tokenizer.json", "w"))
    known = PUBLISHED.get(config["model_type"], {}) | config
    ModelBase.load_hparams = staticmethod(lambda *a, **k: known | load_hparams(*a, **k))
    model_class = get_model_class(own.architectures[0])

    path = folder + "/model.gguf"
    made = model_class(Path(folder), gguf.LlamaFileType.ALL_F32, Path(path), eager=True)
    inner = getattr(made, "impl", made)
    parameters = inner.set_gguf_parameters
    inner.set_vocab = lambda: without_tokens(inner)
    inner.set_gguf_parameters = lambda: completed(inner, parameters, config, keys, further)
    with torch.inference_mode():
        made.write()
    return path


def without_tokens(made):
    made.gguf_writer.add_tokenizer_model("none")
    made.gguf_writer.add_vocab_size(made.hparams["vocab_size"])


def completed(made, parameters, config, added, further):
    """Some converters know one base, and one width, for all models; llama.cpp reads the keys all the same."""
    parameters()
    writer = made.gguf_writer
    arch, keys = gguf.MODEL_ARCH_NAMES[made.model_arch], writer.kv_data[0]
    base = config.get("rope_theta", config.get("rotary_emb_base"))
    if base and f"{arch}.rope.freq_base" not in keys:
        writer.add_rope_freq_base(float(base))
    width = config.get("n_inner", config.get("ffn_hidden_size"))
    if config["model_type"] == "phi":
        width = config["intermediate_size"]
    if width:
        keys.pop(f"{arch}.feed_forward_length", None)
        writer.add_feed_forward_length(width)
    for name, value in added.items():
        keys.pop(f"{arch}.{name}", None)
        add = {str: writer.add_string, int: writer.add_uint32, float: writer.add_float32}[type(value)]
        add(f"{arch}.{name}", value)
    for name, values in further.items():
        writer.add_tensor(name, np.array(values, dtype=np.float32))


def architecture(config):
    mapping = transformers.AutoModelForCausalLM._model_mapping
    if type(config) in mapping:
        found = mapping[type(config)]
        return (found[0] if isinstance(found, tuple) else found).__name__
    return type(config).__name__.removesuffix("Config") + "ForCausalLM"


def rows_of(sources, width, transposed):
    """Rows of so many numbers by their bytes: (source, row)."""
    table = {}
    for name, values in sources.items():
        if transposed:
            if values.ndim < 2:
                continue
            values = np.ascontiguousarray(np.swapaxes(values, -1, -2))
        if values.ndim and values.shape[-1] % width == 0 and (width > 1 or values.ndim == 1):
            for row, line in enumerate(values.reshape(-1, width)):
                table.setdefault(line.tobytes(), (name, row))
    return table


def origin(target, sources):
    """Where a tensor's rows come from."""
    for added, columns in ((0, None), (1, None), (0, 0), (0, 1)):
        pool = sources if not added else {name: values + np.float32(1) for name, values in sources.items()}
        if columns is not None:
            pool = {name: np.ascontiguousarray(v[..., columns::2]) for name, v in pool.items() if v.ndim > 1}
        wanted = target.astype(np.float32)
        for transposed in (False, True):
            widths = [target.shape[-1]] + ([1] if target.ndim == 1 else [])
            for width in widths:
                table = rows_of(pool, width, transposed)
                found = [table.get(line.tobytes()) for line in wanted.reshape(-1, width)]
                if all(found):
                    runs = []
                    for name, row in found:
                        last = runs[-1] if runs else None
                        if last and last[0] == name and (last[3] == 1 or row == last[1] + last[2] * last[3]):
                            if last[3] == 1:
                                last[2] = row - last[1]
                            last[3] += 1
                        else:
                            runs.append([name, row, 1, 1])
                    entry = {"shape": list(target.shape), "rows": runs}
                    if width != target.shape[-1]:
                        entry["width"] = width
                    if added:
                        entry["added"] = 1
                    if columns is not None:
                        entry["columns"] = columns
                    if transposed:
                        entry["transposed"] = True
                    return entry
    return None


def described(path, sources):
    reader = gguf.GGUFReader(path)
    metadata = []
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or (key.startswith("general.") and key != "general.architecture"):
            continue
        kind = TYPES[int(field.types[0])]
        if kind == "list":
            value = [v if isinstance(v, (int, float, bool, str)) else v.item() for v in field.contents()]
            kind = {4: "uint32s", 5: "int32s", 6: "float32s", 7: "flags", 8: "texts"}[int(field.types[-1])]
        else:
            value = field.contents()
        metadata.append([key, kind, value])
    tensors = {}
    for tensor in reader.tensors:
        values = np.array(tensor.data, dtype=np.float32).reshape([int(d) for d in reversed(tensor.shape)])
        entry = origin(values, sources)
        if entry is None and values.size <= 64:
            entry = {"shape": list(values.shape), "values": [float(v) for v in values.ravel()]}
        if entry is None:
            entry = latent(values, sources, tensor.name)
        if entry is None:
            raise ValueError(f"{tensor.name} {values.shape} comes from nowhere")
        tensors[tensor.name] = entry
    return metadata, tensors


def latent(values, sources, name):
    """Latent attention's keys: the part of a head's rows, turned."""
    if values.ndim != 3:
        return None
    heads, rank, plain = values.shape
    for source, whole in sources.items():
        if whole.ndim == 2 and whole.shape[1] == rank and whole.shape[0] % heads == 0:
            parts = whole.reshape(heads, -1, rank)[:, :plain]
            if parts.shape[1] == plain and np.array_equal(np.swapaxes(parts, 1, 2), values):
                return {"shape": list(values.shape), "turnedHeads": source}
    return None


def run(family):
    golden = json.load(open(f"{GOLDENS}/{family}.json"))
    logits = load_file(f"{GOLDENS}/{family}.safetensors")
    cases, known, results = {}, None, {}
    first = golden["cases"][0]
    variants = [first | {"name": name, "like": first["name"], "keys": keys, "further": further}
                for name, (keys, further) in VARIANTS.get(family, {}).items()]
    for case in golden["cases"] + variants:
        config = {k: v for k, v in (golden["config"] | case["override"]).items()}
        tensors = case.get("tensors", golden["tensors"])
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = convert(config, tensors, folder, case.get("keys", {}), case.get("further", {}))
                sources = {name: numbers(name, *entry) for name, entry in tensors.items()}
                metadata, stored = described(path, sources)
                entry = {"metadata": metadata}
                if "like" in case:
                    entry["like"] = case["like"]
                expected = logits[case.get("like", case["name"])]
                try:
                    got = llamacpp.logits(path, golden["tokens"])
                except RuntimeError as error:
                    entry["refused"] = str(error).split("error loading model: ")[-1].split(" llama_model")[0].strip()
                else:
                    error = float(np.abs(got[:, :expected.shape[1]] - expected).max() / np.abs(expected).max())
                    entry["llama.cpp"] = float(f"{error:.1e}")
                    if error > 2e-3:
                        results[case["name"]] = got
        except Exception as error:
            print(family, case["name"], "FAILED", type(error).__name__, str(error)[-300:].replace("\n", " "), flush=True)
            continue
        # A file that llama.cpp refuses shows nothing but that its biases and norms are read here.
        if "refused" in entry and case["name"] not in ("biased", "unbiased", "normed"):
            print(family, case["name"], "refused", entry["refused"], flush=True)
            continue
        if known is None:
            known = stored
        if stored != known:
            entry["tensors"] = stored
        print(family, case["name"], entry.get("llama.cpp"), flush=True)
        cases[case["name"]] = entry
    if cases:
        with open(f"{OUT}/{family}.json", "w") as file:
            json.dump({"cases": cases, "tensors": known}, file, separators=(",", ":"))
            file.write("\n")
        if results:
            save_file(results, f"{OUT}/{family}.safetensors")


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    families = sys.argv[4:] or sorted(f[:-5] for f in os.listdir(GOLDENS) if f.endswith(".json"))
    if len(families) == 1:
        run(families[0])
    else:  # an assertion of llama.cpp ends its process
        for family in families:
            subprocess.run([sys.executable, __file__, *sys.argv[1:4], family])
