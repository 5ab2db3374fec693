#!/usr/bin/env python3
"""Trains a tiny model with landmark attention (arXiv 2305.16300) from scratch and writes what RopeScope runs.

Needs torch and safetensors. Characters are tokens; every BLOCK-th token is a landmark, which stands in the input and is
never predicted. Attention is the two softmaxes of the paper's section 3.1 over all earlier blocks; the logits that are
written down for comparison are of this attention and of retrieval, computed here in float64 from the stored weights.

    landmark-model.py train TEXT... --out FOLDER [--minutes 6] [--plain]    (--plain: ordinary attention, no landmarks)
    landmark-model.py goldens FOLDER TEXT --out FILE.json
"""

import argparse
import json
import math
import pathlib
import time

import torch
from safetensors.torch import load_file, save_file

BLOCK, TRAINED, LAYERS, HEADS, HEAD, INNER = 32, 256, 3, 4, 16, 176
HIDDEN = HEADS * HEAD
ALPHABET = "\n" + "".join(chr(c) for c in range(32, 127))
LANDMARK, UNKNOWN = len(ALPHABET), ALPHABET.index("?")
VOCABULARY = len(ALPHABET) + 1
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "\r": ""})


def characters(paths):
    numbers = {c: i for i, c in enumerate(ALPHABET)}
    text = "".join(pathlib.Path(p).read_text(encoding="utf-8") for p in paths).translate(PLAIN)
    return torch.tensor([numbers.get(c, UNKNOWN) for c in text])


def with_landmarks(tokens):
    """Rows of ordinary tokens, a landmark after every BLOCK - 1 of them."""
    rows = tokens.shape[:-1]
    blocks = tokens.reshape(*rows, -1, BLOCK - 1)
    marks = torch.full((*blocks.shape[:-1], 1), LANDMARK)
    return torch.cat([blocks, marks], -1).reshape(*rows, -1)


def rotated(x, positions):
    """Half-split rotation of x [..., n, HEAD] by positions [n] or [..., n]."""
    frequencies = 10_000.0 ** (-torch.arange(0, HEAD, 2, dtype=torch.float64) / HEAD)
    angles = positions.to(torch.float64)[..., None] * frequencies
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x[..., : HEAD // 2], x[..., HEAD // 2 :]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def two_softmaxes(logits):
    """Weights of logits [..., n, n] (-inf for keys that are not read)."""
    n = logits.shape[-1]
    place = torch.arange(n)
    own = (place[:, None] // BLOCK) == (place[None, :] // BLOCK)
    mark = place % BLOCK == BLOCK - 1
    causal = place[None, :] <= place[:, None]
    first = logits.masked_fill(~(causal & torch.where(own, ~mark[None, :], mark[None, :])), -math.inf)
    gates = first.softmax(-1)
    inside = logits.unflatten(-1, (-1, BLOCK)).clone()
    inside[..., BLOCK - 1] = -math.inf
    inside = inside.softmax(-1).nan_to_num(0.0)
    gate = gates[..., BLOCK - 1 :: BLOCK]
    earlier = (inside * gate[..., None]).flatten(-2)
    return torch.where(own, gates, earlier) * ~mark


class Model:
    def __init__(self, weights):
        self.weights = weights

    @classmethod
    def new(cls, seed):
        torch.manual_seed(seed)
        shapes = {"model.embed_tokens.weight": (VOCABULARY, HIDDEN), "lm_head.weight": (VOCABULARY, HIDDEN)}
        for i in range(LAYERS):
            for name in "qkvo":
                shapes[f"model.layers.{i}.self_attn.{name}_proj.weight"] = (HIDDEN, HIDDEN)
            shapes[f"model.layers.{i}.mlp.gate_proj.weight"] = (INNER, HIDDEN)
            shapes[f"model.layers.{i}.mlp.up_proj.weight"] = (INNER, HIDDEN)
            shapes[f"model.layers.{i}.mlp.down_proj.weight"] = (HIDDEN, INNER)
        weights = {name: torch.randn(shape) * (0.02 if "embed" in name else shape[1] ** -0.5) for name, shape in shapes.items()}
        for i in range(LAYERS):
            for norm in ("input_layernorm", "post_attention_layernorm"):
                weights[f"model.layers.{i}.{norm}.weight"] = torch.ones(HIDDEN)
        weights["model.norm.weight"] = torch.ones(HIDDEN)
        return cls({name: value.requires_grad_() for name, value in weights.items()})

    def norm(self, x, name):
        return x * (x.pow(2).mean(-1, keepdim=True) + 1e-5).rsqrt() * self.weights[name + ".weight"]

    def project(self, x, name):
        return x @ self.weights[name + ".weight"].T

    def __call__(self, tokens, attention):
        x = self.weights["model.embed_tokens.weight"][tokens]
        for i in range(LAYERS):
            prefix = f"model.layers.{i}."
            y = self.norm(x, prefix + "input_layernorm")
            q, k, v = (self.project(y, f"{prefix}self_attn.{c}_proj").unflatten(-1, (HEADS, HEAD)).transpose(-2, -3) for c in "qkv")
            z = attention(q / math.sqrt(HEAD), k, v)
            x = x + self.project(z.transpose(-2, -3).flatten(-2), prefix + "self_attn.o_proj")
            y = self.norm(x, prefix + "post_attention_layernorm")
            gate = torch.nn.functional.silu(self.project(y, prefix + "mlp.gate_proj"))
            x = x + self.project(gate * self.project(y, prefix + "mlp.up_proj"), prefix + "mlp.down_proj")
        return self.project(self.norm(x, "model.norm"), "lm_head")


def training(q, k, v):
    """All earlier blocks at their true distances."""
    positions = torch.arange(q.shape[-2])
    logits = rotated(q, positions) @ rotated(k, positions).transpose(-1, -2)
    return two_softmaxes(logits) @ v


def fast(q, k, v):
    """What `training` and a product with the values give, with few passes over the logits."""
    n, blocks = q.shape[-2], q.shape[-2] // BLOCK
    place = torch.arange(n)
    logits = rotated(q, place) @ rotated(k, place).transpose(-1, -2)
    by_block = logits.unflatten(-1, (blocks, BLOCK))
    marks = by_block[..., BLOCK - 1].masked_fill(torch.arange(blocks) >= place[:, None] // BLOCK, -math.inf)
    own = logits.unflatten(-2, (blocks, BLOCK)).unflatten(-1, (blocks, BLOCK)).diagonal(dim1=-4, dim2=-2)
    own = own.movedim(-1, -3).flatten(-3, -2)
    inside = torch.arange(BLOCK)
    own = own.masked_fill((inside > place[:, None] % BLOCK) | (inside == BLOCK - 1), -math.inf)
    gates = torch.cat([marks, own], -1).softmax(-1)
    earlier = by_block[..., : BLOCK - 1].softmax(-1) * gates[..., :blocks, None]
    values = v.unflatten(-2, (blocks, BLOCK))
    own = gates[..., blocks:].unflatten(-2, (blocks, BLOCK)) @ values
    return own.flatten(-3, -2) + earlier.flatten(-2) @ values[..., : BLOCK - 1, :].flatten(-3, -2)


def plain(q, k, v):
    """One softmax over all earlier tokens."""
    place = torch.arange(q.shape[-2])
    return torch.nn.functional.scaled_dot_product_attention(
        rotated(q, place), rotated(k, place), v, is_causal=True, scale=1.0)


def retrieval(top):
    """The `top` earlier blocks with the strongest landmarks, moved next to the query's own, as the authors' code does."""

    def attention(q, k, v):
        n = q.shape[-2]
        positions = torch.arange(n)
        logits = rotated(q, positions) @ rotated(k, positions).transpose(-1, -2)
        inside, marks = torch.arange(BLOCK), torch.arange(BLOCK - 1, n, BLOCK)
        for block in range(top + 1, (n + BLOCK - 1) // BLOCK):
            rows = torch.arange(block * BLOCK, min(n, (block + 1) * BLOCK))
            query = rotated(q[..., rows, :], rows)
            start = (block - top - 1) * BLOCK
            # While they are scored the last `top` blocks stand in slots 1 ... top, older ones share slot 0.
            slots = torch.tensor([max(0, b - (block - top) + 1) for b in range(block)])
            keys = rotated(k[..., marks[:block], :], start + slots * BLOCK + BLOCK - 1)
            scores = query @ keys.transpose(-1, -2)
            # In the first layer all landmarks have one key: those that share a slot tie, and the earliest is taken.
            scores = (scores * 2**30).round()
            chosen = scores.sort(dim=-1, descending=True, stable=True).indices[..., :top].sort(-1).values
            moved = torch.full_like(logits[..., rows, :], -math.inf)
            moved[..., block * BLOCK :] = logits[..., rows, block * BLOCK :]
            for order in range(top):
                blocks = chosen[..., order]
                slot = torch.where(blocks >= block - top, order + 1, order)
                places = blocks[..., None] * BLOCK + inside
                keys = k[..., None, :, :].expand(*places.shape[:-1], n, HEAD).gather(
                    -2, places[..., None].expand(*places.shape, HEAD))
                keys = rotated(keys, start + slot[..., None] * BLOCK + inside)
                moved.scatter_(-1, places, (keys @ query[..., None])[..., 0])
            logits[..., rows, :] = moved
        return two_softmaxes(logits) @ v

    return attention


def loss(logits, tokens):
    """Mean over the ordinary tokens that follow, nats."""
    target = tokens[..., 1:].clone()
    target[target == LANDMARK] = -100
    return torch.nn.functional.cross_entropy(logits[..., :-1, :].flatten(0, -2), target.flatten(), ignore_index=-100)


def train(arguments):
    data, model = characters(arguments.texts), Model.new(arguments.seed)
    if arguments.further:
        stored = load_file(pathlib.Path(arguments.further) / "model.safetensors")
        model = Model({n: w.to(torch.float32).requires_grad_() for n, w in stored.items()})
    ordinary = TRAINED if arguments.plain else TRAINED // BLOCK * (BLOCK - 1)
    optimizer = torch.optim.AdamW(model.weights.values(), lr=4e-3, betas=(0.9, 0.98), weight_decay=0.01)
    start, step, mean = time.time(), 0, None
    draw = torch.Generator().manual_seed(arguments.seed)
    while (share := (time.time() - start) / (60 * arguments.minutes)) < 1 and step < arguments.steps:
        rate = min(1, (step + 1) / 10) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * max(share, step / arguments.steps))))
        for group in optimizer.param_groups:
            group["lr"] = 4e-3 * rate
        places = torch.randint(len(data) - ordinary, (arguments.batch,), generator=draw)
        tokens = torch.stack([data[p : p + ordinary] for p in places])
        tokens = tokens if arguments.plain else with_landmarks(tokens)
        value = loss(model(tokens, plain if arguments.plain else fast), tokens)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.weights.values(), 1.0)
        optimizer.step()
        mean = value.item() if mean is None else 0.98 * mean + 0.02 * value.item()
        step += 1
        if step % 50 == 0:
            print(f"step {step}: {mean:.3f} nats a character, {time.time() - start:.0f} s", flush=True)
    folder = pathlib.Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({n: w.detach().contiguous() for n, w in model.weights.items()}, folder / "model.safetensors")
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": VOCABULARY, "hidden_size": HIDDEN,
        "intermediate_size": INNER, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "num_key_value_heads": HEADS, "head_dim": HEAD, "hidden_act": "silu", "rms_norm_eps": 1e-05,
        "rope_theta": 10000.0, "max_position_embeddings": TRAINED, "tie_word_embeddings": False,
        "torch_dtype": "float32",
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    vocabulary = {{"\n": "Ċ", " ": "Ġ"}.get(c, c): i for i, c in enumerate(ALPHABET)} | {"<landmark>": LANDMARK}
    tokenizer = {
        "version": "1.0", "added_tokens": [],
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "vocab": vocabulary, "merges": []},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False) + "\n")
    print(f"{step} steps in {time.time() - start:.0f} s, {mean:.3f} nats a character")


def goldens(arguments):
    weights = {n: w.to(torch.float64) for n, w in load_file(pathlib.Path(arguments.folder) / "model.safetensors").items()}
    model, length = Model(weights), 4 * TRAINED
    data = characters([arguments.text])[20_000 : 20_000 + length // BLOCK * (BLOCK - 1)]
    tokens = with_landmarks(data)
    positions = [5, 31, 32, 100, 159, 160, 255, 256, 400, 700, 1023]
    result = {"block": BLOCK, "trained_length": TRAINED, "landmark": LANDMARK, "tokens": tokens.tolist(), "cases": []}
    for name, attention in [("training", training), ("retrieval", retrieval(arguments.top))]:
        with torch.no_grad():
            logits = model(tokens, attention)
        losses = torch.nn.functional.cross_entropy(logits[:-1], tokens[1:], reduction="none")
        ordinary = tokens[1:] != LANDMARK
        parts = {}
        for end in (TRAINED, 2 * TRAINED, 4 * TRAINED):
            part = slice(end // 2 if end > TRAINED else 0, end - 1)
            parts[str(end)] = losses[part][ordinary[part]].mean().item()
        print(name, {k: round(v, 4) for k, v in parts.items()})
        result["cases"].append({
            "pattern": name, "top_k": arguments.top if name == "retrieval" else None, "loss_to": parts,
            "positions": positions, "logits": [[round(x, 9) for x in logits[p].tolist()] for p in positions],
        })
    pathlib.Path(arguments.out).write_text(json.dumps(result) + "\n")


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
commands = parser.add_subparsers(required=True)
one = commands.add_parser("train")
one.add_argument("texts", nargs="+")
one.add_argument("--out", required=True)
one.add_argument("--minutes", type=float, default=6)
one.add_argument("--steps", type=int, default=2000)
one.add_argument("--batch", type=int, default=8)
one.add_argument("--seed", type=int, default=0)
one.add_argument("--plain", action="store_true")
one.add_argument("--further", help="a folder that an earlier training wrote, to go on from")
one.set_defaults(run=train)
two = commands.add_parser("goldens")
two.add_argument("folder")
two.add_argument("text")
two.add_argument("--out", required=True)
two.add_argument("--top", type=int, default=4)
two.set_defaults(run=goldens)
arguments = parser.parse_args()
arguments.run(arguments)
