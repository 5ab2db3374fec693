#!/usr/bin/env python3
"""Weights in eight-bit floats with scales, in two files, and what torch makes of them: torch and safetensors from PyPI."""
import json, pathlib
import torch
from safetensors.torch import save_file

torch.manual_seed(16)
folder = pathlib.Path(__file__).parent


def fnv(tensor: torch.Tensor) -> str:
    hash = 0xCBF29CE484222325
    for byte in tensor.contiguous().numpy().tobytes():
        hash = (hash ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return f"{hash:016x}"


def narrow(*shape, type=torch.float8_e4m3fn):
    return (torch.randn(shape) * 20).to(type)


def squares(weight, scale, size):
    wide = scale.float().repeat_interleave(size, 0).repeat_interleave(size, 1)
    return weight.float() * wide[: weight.shape[0], : weight.shape[1]]


weights = {
    "block.weight": narrow(136, 140), "fine.weight": narrow(20, 40, type=torch.float8_e5m2), "row.weight": narrow(8, 16),
    "list.weight": narrow(8, 16), "one.weight": narrow(4, 8), "single.weight": narrow(4, 8),
    "plain.weight": narrow(4, 8, type=torch.float8_e5m2), "stack.weight": narrow(2, 4, 8),
}
scales = {
    "block.weight_scale_inv": torch.rand(2, 2), "fine.weight_scale_inv": torch.rand(2, 3).to(torch.bfloat16),
    "row.weight_scale": torch.rand(8, 1).to(torch.bfloat16), "list.weight_scale": torch.rand(8),
    "one.weight_scale": torch.tensor(0.3), "single.weight_scale": torch.tensor([0.7]),
    "one.input_scale": torch.tensor(0.1),
}
values = {
    "block.weight": squares(weights["block.weight"], scales["block.weight_scale_inv"], 128),
    "fine.weight": squares(weights["fine.weight"], scales["fine.weight_scale_inv"], 16),
    "row.weight": weights["row.weight"].float() * scales["row.weight_scale"].float(),
    "list.weight": weights["list.weight"].float() * scales["list.weight_scale"][:, None],
    "one.weight": weights["one.weight"].float() * scales["one.weight_scale"],
    "single.weight": weights["single.weight"].float() * scales["single.weight_scale"],
    "plain.weight": weights["plain.weight"].float(), "stack.weight": weights["stack.weight"].float(),
}
save_file(weights, folder / "eight-bit-weights.safetensors")
save_file(scales, folder / "eight-bit-scales.safetensors")
every = torch.arange(256, dtype=torch.uint8)
types = {"F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "F8_E8M0": torch.float8_e8m0fnu}
numbers = {name: [float(x) for x in every.view(type).float()] for name, type in types.items()}
text = {name: [repr(x) for x in list] for name, list in numbers.items()}
(folder / "eight-bit.json").write_text(
    json.dumps({"hashes": {name: fnv(value) for name, value in values.items()}, "numbers": text}, indent=1) + "\n")
