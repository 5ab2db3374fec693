#!/usr/bin/env python3
"""Logits of tiny random decoders by transformers, for Tests/Fixtures/decoders: one family a pair of files.

    pip install torch==2.* transformers==5.24.0 safetensors numpy
    python Scripts/peers/decoder-goldens.py Tests/Fixtures/decoders [FAMILY …]

NAME.json has the configuration, the tensors as transformers saves them (shape, centre and width of uniform numbers that
the test draws again from the tensor's name) and the cases; NAME.safetensors the logits of all positions in float64.
Everything is computed in float64: the names float32 and float mean float64 here, since classes convert by name.
"""
import json
import os
import sys
import tempfile

import numpy as np
import torch

torch.set_num_threads(1)
torch.float32 = torch.float = torch.float64
torch.Tensor.float = torch.Tensor.double
torch.set_default_dtype(torch.float64)

import transformers  # noqa: E402
from safetensors import safe_open  # noqa: E402
from safetensors.numpy import save_file  # noqa: E402

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
REAL_FLOAT32 = np.float32
TOKENS = [(7 * i * i + 3 * i + 5) % 32 for i in range(40)]
WINDOW, THETA = 24, 1000.0

BASE = dict(
    vocab_size=32, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=WINDOW, rope_theta=THETA, bos_token_id=None, eos_token_id=None,
    pad_token_id=None)


def scalings(pairs, *names):
    """The scalings by name, for heads with so many rotated pairs."""
    table = {
        "linear": {"rope_type": "linear", "factor": 2.0},
        "dynamic": {"rope_type": "dynamic", "factor": 2.0},
        "yarn": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12},
        "yarn-odd": {
            "rope_type": "yarn", "factor": 3.0, "original_max_position_embeddings": 12, "beta_fast": 8.0,
            "beta_slow": 0.5, "attention_factor": 1.25},
        "llama3": {
            "rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 12},
        "longrope": {
            "rope_type": "longrope", "short_factor": [1.0 + 0.1 * i for i in range(pairs)],
            "long_factor": [1.0 + 0.7 * i for i in range(pairs)], "original_max_position_embeddings": 12,
            "factor": 2.0},
    }
    return {"plain": {}} | {name: {"rope_scaling": table[name]} for name in names}


ALL = ("linear", "dynamic", "yarn", "yarn-odd", "llama3", "longrope")
SOME = ("linear", "dynamic", "yarn", "llama3")
MOE = dict(num_experts_per_tok=2, moe_intermediate_size=20)
LATENT = dict(q_lora_rank=20, kv_lora_rank=16, qk_nope_head_dim=8, qk_rope_head_dim=4, v_head_dim=6, num_key_value_heads=4)
S4 = dict(num_hidden_layers=4)


def tables(**full):
    """Dictionaries of two layer types."""
    return {"rope_parameters": {
        "full_attention": {"rope_theta": 50_000.0} | full,
        "sliding_attention": {"rope_type": "default", "rope_theta": 500.0}}}


# Model types whose class transformers has under another name.
CLASSES = {"kimi_k2": "deepseek_v3"}
YARN = scalings(4, "yarn")["yarn"]["rope_scaling"]
LINEAR = scalings(4, "linear")["linear"]["rope_scaling"]

# family: (model_type, further keys of the configuration, cases, keys that are left out)
FAMILIES = {
    "llama": ("llama", {}, scalings(4, *ALL) | {
        "biased": {"attention_bias": True, "mlp_bias": True, "head_dim": 12},
        "window-is-ignored": {"sliding_window": 5, "layer_types": ["sliding_attention", "full_attention"]},
        "tied": {"tie_word_embeddings": True}, "relu": {"hidden_act": "relu"}}, []),
    "mistral": ("mistral", {"sliding_window": 7, "head_dim": 12}, scalings(6, *ALL) | {
        "biases-are-ignored": {"attention_bias": True, "sliding_window": None}}, []),
    "qwen2": ("qwen2", {}, scalings(4, *ALL) | {
        "windows": {"use_sliding_window": True, "sliding_window": 6, "max_window_layers": 1, "mlp_bias": True}}, []),
    "qwen3": ("qwen3", {"head_dim": 12}, scalings(6, *ALL) | {"biased": {"attention_bias": True}}, []),
    "gemma3_text": ("gemma3_text", S4 | {"head_dim": 8, "sliding_window": 6, "query_pre_attn_scalar": 10, "tie_word_embeddings": True,
        "layer_types": ["sliding_attention"] * 3 + ["full_attention"]}, scalings(4, *ALL) | {
        "capped": {"final_logit_softcapping": 3.0, "attn_logit_softcapping": 2.0, "hidden_act": "silu"}}, []),
    "gemma3_old": ("gemma3_text", dict(num_hidden_layers=7, head_dim=8, sliding_window=6, tie_word_embeddings=True), {"period-of-six": {}}, []),
    "phi3": ("phi3", {"partial_rotary_factor": 0.5, "sliding_window": 9, "original_max_position_embeddings": 12}, {
        "plain": {}, "longrope": {"rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.5], "long_factor": [1.0, 3.5]}},
        "mscale-is-ignored": {"rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.5], "long_factor": [1.0, 3.5], "short_mscale": 1.5, "long_mscale": 1.75}}}, []),
    "gpt_neox": ("gpt_neox", {"rotary_pct": 0.5, "rotary_emb_base": THETA}, scalings(2, "linear", "dynamic", "yarn") | {
        "serial": {"use_parallel_residual": False, "hidden_act": "gelu_new"}, "unbiased": {"attention_bias": False},
        "key-heads-are-ignored": {"num_key_value_heads": 2}}, ["rope_theta", "num_key_value_heads"]),
    "gemma": ("gemma", {"head_dim": 12, "tie_word_embeddings": True}, scalings(6, *SOME), []),
    "gemma2": ("gemma2", {"head_dim": 12, "sliding_window": 6, "query_pre_attn_scalar": 10, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0, "tie_word_embeddings": True}, scalings(6, *SOME), []),
    "gemma4_text": ("gemma4_text", S4 | {"head_dim": 8, "global_head_dim": 16, "sliding_window": 6, "hidden_size_per_layer_input": 8, "vocab_size_per_layer_input": 32, "num_kv_shared_layers": 2,
        "layer_types": ["sliding_attention", "full_attention"] * 2, "use_double_wide_mlp": True, "final_logit_softcapping": 20.0, "tie_word_embeddings": True}, {
        "plain": {}, "unshared": {"num_kv_shared_layers": 0, "hidden_size_per_layer_input": 0, "attention_k_eq_v": True, "num_global_key_value_heads": 1, "use_double_wide_mlp": False},
        "linear": tables(rope_type="linear", factor=2.0), "yarn": tables(**YARN)}, ["rope_theta"]),
    "gemma4_moe": ("gemma4_text", {"head_dim": 8, "global_head_dim": 16, "sliding_window": 6, "hidden_size_per_layer_input": 0, "num_kv_shared_layers": 0, "enable_moe_block": True, "num_experts": 5, "top_k_experts": 2, "moe_intermediate_size": 20,
        "layer_types": ["sliding_attention", "full_attention"], "use_double_wide_mlp": False, "final_logit_softcapping": 20.0, "tie_word_embeddings": True, "attention_k_eq_v": True, "num_global_key_value_heads": 1}, {
        "plain": {}, "linear": tables(rope_type="linear", factor=2.0),
        "by-layer": {"per_layer_config": {"1": {"head_dim": 16, "num_key_value_heads": 4}}}}, ["rope_theta"]),
    "granite": ("granite", {"embedding_multiplier": 3.0, "logits_scaling": 2.0, "residual_multiplier": 0.4, "attention_multiplier": 0.3}, scalings(4, *SOME) | {"biased": {"attention_bias": True, "mlp_bias": True}}, []),
    "olmo": ("olmo", {"clip_qkv": 1.5}, scalings(4, *SOME), []),
    "olmo2": ("olmo2", {}, scalings(4, *SOME), []),
    "olmo3": ("olmo3", S4 | {"sliding_window": 6}, scalings(4, "linear", "yarn"), []),
    "glm": ("glm", {"head_dim": 8, "attention_bias": True}, scalings(2, *SOME), []),
    "glm4": ("glm4", {"head_dim": 8, "attention_bias": True}, scalings(2, *SOME), []),
    "smollm3": ("smollm3", S4, scalings(4, *SOME) | {"windows": {"use_sliding_window": True, "sliding_window": 5}, "listed": {"no_rope_layers": [1, 0, 0, 1]}}, []),
    "arcee": ("arcee", {"head_dim": 12}, scalings(6, *SOME), []),
    "hunyuan_v1_dense": ("hunyuan_v1_dense", {"head_dim": 8}, scalings(4, *SOME) | {"alpha": {"rope_scaling": {"type": "dynamic", "alpha": 20.0, "factor": 1.0}}}, []),
    "seed_oss": ("seed_oss", {"head_dim": 12}, scalings(6, *SOME), []),
    "ministral": ("ministral", {"head_dim": 12, "sliding_window": 6, "layer_types": ["sliding_attention", "full_attention"]}, scalings(6, *SOME), []),
    "ministral3": ("ministral3", {"head_dim": 12}, {
        "class-default": {}, "yarn": {"rope_parameters": {"rope_type": "yarn", "rope_theta": THETA, "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 32.0, "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.3}}}, ["rope_theta"]),
    "ernie4_5": ("ernie4_5", {"head_dim": 8, "tie_word_embeddings": True}, scalings(4, *SOME) | {"biased": {"use_bias": True, "tie_word_embeddings": False}}, []),
    "starcoder2": ("starcoder2", {"sliding_window": 9}, scalings(4, *SOME) | {"unbiased": {"use_bias": False, "sliding_window": None}}, []),
    "stablelm": ("stablelm", {"partial_rotary_factor": 0.5, "use_qkv_bias": True}, scalings(2, *SOME) | {"parallel": {"use_parallel_residual": True, "qk_layernorm": True, "use_qkv_bias": False}}, []),
    "phi": ("phi", {"partial_rotary_factor": 0.5}, scalings(2, *SOME) | {"normed": {"qk_layernorm": True}}, []),
    "exaone4": ("exaone4", S4 | {"sliding_window": 6}, scalings(4, *SOME) | {"unwindowed": {"sliding_window": None, "layer_types": ["full_attention"] * 4}}, []),
    "cohere": ("cohere", {"logit_scale": 0.5}, scalings(4, *SOME) | {"normed": {"use_qk_norm": True, "attention_bias": True}}, []),
    "cohere2": ("cohere2", S4 | {"logit_scale": 0.5, "sliding_window": 6}, scalings(4, *SOME), []),
    "falcon": ("falcon", {"ffn_hidden_size": 48}, scalings(4, *SOME) | {
        "new": {"new_decoder_architecture": True, "num_kv_heads": 2}, "new-one-norm": {"new_decoder_architecture": True, "num_kv_heads": 2, "num_ln_in_parallel_attn": 1},
        "serial": {"parallel_attn": False, "bias": True, "multi_query": False}}, ["num_key_value_heads", "intermediate_size"]),
    "gptj": ("gptj", {"n_embd": 32, "n_head": 4, "n_layer": 2, "n_positions": 48, "rotary_dim": 4, "n_inner": 48}, {"plain": {}}, ["hidden_size", "num_attention_heads", "num_hidden_layers", "num_key_value_heads", "intermediate_size", "max_position_embeddings", "rope_theta"]),
    "gpt2": ("gpt2", {"n_embd": 32, "n_head": 4, "n_layer": 2, "n_positions": 48, "n_inner": 48}, {"plain": {}, "by-layer": {"scale_attn_by_inverse_layer_idx": True}}, ["hidden_size", "num_attention_heads", "num_hidden_layers", "num_key_value_heads", "intermediate_size", "max_position_embeddings", "rope_theta"]),
    "nemotron": ("nemotron", {"partial_rotary_factor": 0.5}, scalings(2, *SOME) | {"biased": {"attention_bias": True, "mlp_bias": True}}, []),
    "apertus": ("apertus", {}, scalings(4, *SOME), []),
    "helium": ("helium", {"head_dim": 8}, scalings(4, *SOME), []),
    "cwm": ("cwm", S4 | {"head_dim": 12, "sliding_window": 6, "bos_token_id": 1, "eos_token_id": 2}, scalings(6, *SOME) | {"biased": {"mlp_bias": True, "attention_bias": True}}, []),
    "mixtral": ("mixtral", {"head_dim": 8, "num_local_experts": 4, "num_experts_per_tok": 2}, scalings(4, *SOME) | {"windows": {"sliding_window": 6}}, []),
    "qwen2_moe": ("qwen2_moe", MOE | {"num_experts": 5, "shared_expert_intermediate_size": 24, "decoder_sparse_step": 1, "mlp_only_layers": [1]}, scalings(4, *SOME) | {"normed": {"norm_topk_prob": True, "mlp_only_layers": [], "qkv_bias": False}}, []),
    "qwen3_moe": ("qwen3_moe", MOE | {"num_experts": 5, "head_dim": 12}, scalings(6, *SOME) | {"normed": {"norm_topk_prob": True, "decoder_sparse_step": 2}}, []),
    "olmoe": ("olmoe", {"num_experts": 5, "num_experts_per_tok": 2}, scalings(4, *SOME) | {"clipped": {"clip_qkv": 0.7, "norm_topk_prob": True}, "window-is-ignored": {"sliding_window": 5}}, []),
    "glm4_moe": ("glm4_moe", MOE | {"n_routed_experts": 8, "n_shared_experts": 1, "n_group": 4, "topk_group": 2, "routed_scaling_factor": 1.5, "first_k_dense_replace": 1, "use_qk_norm": True, "attention_bias": True, "head_dim": 8, "num_nextn_predict_layers": 0}, scalings(2, *SOME), []),
    "minimax_m2": ("minimax_m2", {"num_local_experts": 5, "num_experts_per_tok": 2, "head_dim": 12, "rotary_dim": 6}, scalings(3, *SOME), []),
    "gpt_oss": ("gpt_oss", {"num_local_experts": 5, "num_experts_per_tok": 2, "head_dim": 8, "sliding_window": 6, "swiglu_limit": 1.5}, scalings(4, *SOME), []),
    "llama4_text": ("llama4_text", S4 | {"num_local_experts": 4, "num_experts_per_tok": 1, "intermediate_size_mlp": 40, "head_dim": 8, "attention_chunk_size": 16, "floor_scale": 8, "attn_scale": 0.3, "interleave_moe_layer_step": 2}, scalings(4, *SOME) | {"unnormed": {"use_qk_norm": False, "attn_temperature_tuning": False, "num_experts_per_tok": 2}}, []),
    "deepseek_v2": ("deepseek_v2", MOE | LATENT | {"n_routed_experts": 4, "n_shared_experts": 2, "first_k_dense_replace": 1, "routed_scaling_factor": 1.5, "topk_method": "greedy"}, scalings(2, "linear", "yarn") | {
        "biased": {"attention_bias": True, "mlp_bias": True}, "lite": {"q_lora_rank": None, "topk_method": "group_limited_greedy", "n_group": 2, "topk_group": 1},
        "published-yarn": {"rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 32, "beta_slow": 1, "mscale": 0.707, "mscale_all_dim": 0.707}}}, []),
    "deepseek_v3": ("deepseek_v3", MOE | LATENT | {"n_routed_experts": 8, "n_shared_experts": 1, "n_group": 4, "topk_group": 2, "first_k_dense_replace": 1, "num_nextn_predict_layers": 0}, scalings(2, "linear", "yarn") | {
        "published-yarn": {"rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 32, "beta_slow": 1, "mscale": 1.0, "mscale_all_dim": 1.0}},
        "halves": {"rope_interleave": False, "q_lora_rank": None}}, []),
    # transformers has no class of that name: published files bring code of their own, which is that of DeepSeek-V3.
    "kimi_k2": ("kimi_k2", MOE | LATENT | {"n_routed_experts": 8, "n_shared_experts": 1, "n_group": 1, "topk_group": 1, "first_k_dense_replace": 1, "num_nextn_predict_layers": 0, "routed_scaling_factor": 2.827, "norm_topk_prob": True, "rms_norm_eps": 1e-6, "hidden_act": "silu"}, {
        "plain": {}, "published-yarn": {"rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 1.0, "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0}}}, []),
    "mistral4": ("mistral4", MOE | LATENT | {"n_routed_experts": 8, "n_shared_experts": 1}, {"class-default": {}, "yarn": {"rope_parameters": {"rope_type": "yarn", "rope_theta": THETA, "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 32.0, "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.3}}}, ["rope_theta"]),
}


def numbers(name, shape, centre, width):
    """Uniform numbers around a centre, drawn from the name: 64-bit FNV-1a, then SplitMix64."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & (1 << 64) - 1
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    uniform = (z >> np.uint64(40)).astype(np.float64) / 2**24 - 0.5
    return (centre + uniform * width).astype(REAL_FLOAT32).reshape(shape)


def spread(model_type, name, shape):
    """Centre and width of a tensor's numbers: large enough that positions matter."""
    if name.endswith(("layer_scalar", "router.scale", "per_expert_scale")):
        return 1.0, 0.25
    if model_type == "gemma4_text" and (".q_norm" in name or ".k_norm" in name):
        return 0.7, 0.25  # logits are not divided by the root of the head's size
    if len(shape) == 1 or "layernorm" in name and len(shape) == 2 or ".q_norm" in name or ".k_norm" in name:
        isNorm = name.endswith("weight")
        hasOffset = model_type in ("gemma", "gemma2", "gemma3_text", "nemotron")
        return (0.0 if not isNorm or hasOffset else 1.0), 0.5
    return 0.0, 1.0


def read(config, **keys):
    """The configuration's object."""
    own = json.loads(json.dumps(config))
    own["model_type"] = CLASSES.get(own["model_type"], own["model_type"])
    return transformers.AutoConfig.for_model(**own, **keys)


def causal(config):
    """The class of a configuration: the automatic one does not know them all."""
    if type(config) in transformers.AutoModelForCausalLM._model_mapping:
        return transformers.AutoModelForCausalLM
    return getattr(transformers, type(config).__name__.removesuffix("Config") + "ForCausalLM")


def logits(config, folder, **keys):
    own = read(config, **keys)
    model = causal(own).from_pretrained(
        folder, config=own, dtype=torch.float64, attn_implementation="eager", experts_implementation="eager").eval()
    with torch.no_grad():
        return model(torch.tensor([TOKENS]), use_cache=False).logits[0].numpy().astype(np.float64)


def run(name, out):
    model_type, keys, cases, absent = FAMILIES[name]
    config = {"model_type": model_type} | {k: v for k, v in BASE.items() if k not in absent} | keys
    results, described, known = {}, [], {}
    for case, override in cases.items():
        own = {k: v for k, v in (config | override).items()}
        with tempfile.TemporaryDirectory() as folder:
            made = read(own)
            model = causal(made)._from_config(made) if hasattr(causal(made), "_from_config") else causal(made).from_config(made)
            model.save_pretrained(folder)
            with safe_open(folder + "/model.safetensors", "np") as file:
                shapes = {k: list(file.get_slice(k).get_shape()) for k in file.keys()}
            tensors = {k: [s, *spread(model_type, k, s)] for k, s in shapes.items()}
            save_file({k: numbers(k, *v).astype(np.float64) for k, v in tensors.items()}, folder + "/model.safetensors", {"format": "pt"})
            results[case] = logits(own, folder)
        assert np.isfinite(results[case]).all(), (name, case)
        entry = {"name": case, "override": override}
        if tensors != known and known:
            entry["tensors"] = tensors
        known = known or tensors
        described.append(entry)
    plain = next(iter(results.values()))
    moved = {k: float(abs(v - plain).max()) for k, v in results.items()}
    print(name, "largest", round(float(abs(plain).max()), 2), {k: round(v, 3) for k, v in moved.items()}, flush=True)
    own = {"source": f"transformers {transformers.__version__}, torch {torch.__version__.split('+')[0]}, float64, eager",
           "config": {k: v for k, v in config.items() if v is not None}, "tensors": known, "cases": described, "tokens": TOKENS}
    with open(f"{out}/{name}.json", "w") as file:
        json.dump(own, file, separators=(",", ":"))
        file.write("\n")
    save_file(results, f"{out}/{name}.safetensors")


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    failed = []
    for family in sys.argv[2:] or FAMILIES:
        try:
            run(family, sys.argv[1])
        except Exception as error:  # one family's failure should not hide the others'
            failed.append(family)
            print(family, "FAILED", type(error).__name__, str(error)[:600], flush=True)
    sys.exit(f"not made: {', '.join(failed)}" if failed else 0)
