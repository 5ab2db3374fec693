extension RuntimeFaults {
  /// vLLM's model files, release by release.
  static let vllm: [RuntimeFault] = [
    RuntimeFault(
      "vllm", before: "0.6.4", ["phi"], .fixedBase(10_000),
      "the phi class of vLLM before 0.6.4 writes theta 10,000 into its code: rope_theta is ignored",
      source: "vllm/model_executor/models/phi.py, 0.6.3"),
    RuntimeFault(
      "vllm", before: "0.6.4", ["phi"], .window(keys: ["n_positions"], fallback: 2048),
      "the phi class of vLLM before 0.6.4 takes its window from n_positions, else 2,048",
      source: "vllm/model_executor/models/phi.py, 0.6.3"),
    RuntimeFault(
      "vllm", before: "0.12.0",
      [
        "arctic", "baichuan", "falcon", "gemma", "gemma2", "gptj", "gpt_neox", "grok-1", "minimax_text_01", "mixtral",
        "molmo", "olmo", "persimmon", "phi", "stablelm", "starcoder2",
      ], .scalingIgnored,
      "this class of vLLM before 0.12 hands no rope_scaling to its rotary embedding: it runs un-scaled, though the "
        + "window is multiplied",
      source: "calls of get_rope in vllm/model_executor/models, 0.6.0 to 0.11.1"),
    RuntimeFault(
      "vllm", ["dbrx"], .scalingIgnored,
      "vLLM's class gives its rotary embedding a dictionary of its own: rope_scaling is ignored",
      source: "vllm/model_executor/models/dbrx.py"),
    RuntimeFault(
      "vllm", ["chatglm"], .scalingIgnored, "vLLM's chatglm class ignores rope_scaling",
      source: "vllm/model_executor/models/chatglm.py"),
    RuntimeFault(
      "vllm", ["chatglm"], .multipliedBase(10_000, key: "rope_ratio"),
      "vLLM's chatglm class takes 10,000 × rope_ratio for theta; rope_theta is ignored",
      source: "vllm/model_executor/models/chatglm.py"),
    RuntimeFault(
      "vllm", from: "0.6.3", before: "0.10.0", ["granitemoe"], .scalingIgnored,
      "the granitemoe class of vLLM before 0.10 ignores rope_scaling",
      source: "vllm/model_executor/models/granitemoe.py"),
    RuntimeFault(
      "vllm", from: "0.6.6", before: "0.11.0", ["olmo2"], .scalingIgnored,
      "the olmo2 class of vLLM before 0.11 ignores rope_scaling", source: "vllm/model_executor/models/olmo2.py"),
    RuntimeFault(
      "vllm", before: "0.22.1", ["nomic_bert"], .window(keys: ["max_trained_positions"], fallback: 2048),
      "nomic_bert is cut to max_trained_positions, else 2,048, unless the overrides say otherwise",
      source: "vllm/model_executor/models/config.py, 0.10.2 to 0.21.0"),
    RuntimeFault(
      "vllm", from: "0.22.1", ["nomic_bert"],
      .window(keys: ["max_trained_positions", "max_position_embeddings"], fallback: 2048),
      "nomic_bert is served at max_trained_positions, else max_position_embeddings, else 2,048; n_positions loses",
      source: "vllm/model_executor/models/config.py, 0.22.1 to 0.33.0"),
    RuntimeFault(
      "vllm", from: "0.10.2", before: "0.12.0", ["gpt_oss"],
      .keysDropped(["attention_factor", "mscale", "mscale_all_dim", "truncate"]),
      "vLLM's gpt_oss class builds a dictionary of its own without attention_factor, mscale and truncate",
      source: "vllm/model_executor/models/gpt_oss.py"),
    RuntimeFault(
      "vllm", from: "0.12.0", ["gpt_oss"], .keysDropped(["attention_factor", "mscale", "mscale_all_dim"]),
      "vLLM's gpt_oss class builds a dictionary of its own without attention_factor and mscale",
      source: "vllm/model_executor/models/gpt_oss.py, 0.33.0"),
    RuntimeFault(
      "vllm", from: "0.10.2", ["gpt_oss"], .keysNeeded(["beta_fast", "beta_slow"]),
      "vLLM's gpt_oss class indexes both ends of the ramp", source: "vllm/model_executor/models/gpt_oss.py"),
    RuntimeFault(
      "vllm", from: "0.17.1", before: "0.21.0", ["bailing_moe_linear", "bailing_hybrid", "bailing_moe_v2_5"],
      .shareAppliedTwice,
      "vLLM before 0.21 applies partial_rotary_factor, meant for the linear heads, to the rotated part of latent attention",
      source: "vllm/model_executor/models/bailing_moe_linear.py; vLLM pull request 41185"),
    RuntimeFault(
      "vllm", from: "0.13.0", before: "0.23.0", ["bailing_moe", "bailing_moe_v2"], .wholeHead(unless: "rotary_dim"),
      "vLLM before 0.23 rotates the whole head of bailing_moe unless rotary_dim stands in the file",
      source: "vllm/model_executor/models/bailing_moe.py"),
    RuntimeFault(
      "vllm", from: "0.26.0", before: "0.29.0", ["olmo3"], .slidingScaled,
      "with transformers before 5.13, vLLM 0.26 to 0.28 scales the sliding layers of olmo3 too",
      source: "vllm/model_executor/models/olmo3.py"),
  ]

  static let sglang: [RuntimeFault] = [
    RuntimeFault(
      "sglang", from: "0.4.4",
      [
        "baichuan", "chatglm", "dbrx", "gemma", "gemma2", "gptj", "granitemoe", "grok-1", "mixtral", "olmo",
        "persimmon", "phi", "stablelm", "starcoder2",
      ], .scalingIgnored, "SGLang's class never passes rope_scaling to its rotary embedding",
      source: "calls of get_rope in srt/models, 0.4.4 to 0.5.23"),
    RuntimeFault(
      "sglang", from: "0.4.4", ["chatglm"], .multipliedBase(10_000, key: "rope_ratio"),
      "SGLang's chatglm class takes 10,000 × rope_ratio for theta; rope_theta is ignored",
      source: "srt/models/chatglm.py"),
    RuntimeFault(
      "sglang", before: "0.5.6", ["olmo2", "olmo3"], .scalingIgnored,
      "the olmo2 and olmo3 classes of SGLang before 0.5.6 ignore rope_scaling", source: "srt/models/olmo2.py"),
  ]
}
