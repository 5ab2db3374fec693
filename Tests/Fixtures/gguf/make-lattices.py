#!/usr/bin/env python3
"""Random blocks of every quantised type of ggml and what they expand to: numpy and gguf (0.19) from PyPI.

For each type: 64 blocks in base64, the float32 numbers of the first in base64, and FNV-1a (64 bits) of all numbers' bytes.
"""
import base64, json, pathlib
import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as T, quants

halves = {  # where a block keeps half-precision scales
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2],
    "Q5_K": [0, 2], "Q6_K": [208], "IQ2_XXS": [0], "IQ2_XS": [0], "IQ2_S": [0], "IQ3_XXS": [0], "IQ3_S": [0], "IQ1_S": [0],
    "IQ1_M": [], "IQ4_NL": [0], "IQ4_XS": [0], "TQ1_0": [52], "TQ2_0": [64], "MXFP4": [], "NVFP4": [],
}


def fnv(data: bytes) -> str:
    hash = 0xCBF29CE484222325
    for byte in data:
        hash = (hash ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return f"{hash:016x}"


random = np.random.default_rng(16)
result = {}
for name, places in halves.items():
    length, size = GGML_QUANT_SIZES[T[name]]
    blocks = random.integers(0, 256, (64, size), dtype=np.uint8)
    for place in places:
        scales = (random.standard_normal(64) * 0.1).astype(np.float16)
        blocks[:, place : place + 2] = scales.view(np.uint8).reshape(64, 2)
    if name == "IQ1_M":
        blocks[:, 55] &= 0b1011_1111  # a finite scale
    numbers = quants.dequantize(blocks.reshape(-1), T[name]).astype("<f4")
    assert not np.isnan(numbers).any() and numbers.size == 64 * length
    result[name] = {
        "blocks": base64.b64encode(blocks.tobytes()).decode(),
        "first": base64.b64encode(numbers[:length].tobytes()).decode(), "hash": fnv(numbers.tobytes()),
    }
path = pathlib.Path(__file__).parent / "lattices.json"
path.write_text(json.dumps(result, indent=1) + "\n")
