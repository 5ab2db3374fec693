extension ModelPresets {
  private static let olmo2 = """
    "model_type": "olmo2", "vocab_size": 100352, "max_position_embeddings": 4096, "rope_theta": 500000
    """
  private static let commandR = """
    "model_type": "cohere", "vocab_size": 256000
    """
  private static let falcon3 = """
    "model_type": "llama", "head_dim": 256, "vocab_size": 131072, "max_position_embeddings": 32768,
    "rope_theta": 1000042
    """

  /// Models of other makers.
  static let others: [ModelPreset] = [
    ModelPreset(
      "smollm2-135m", ids: ["HuggingFaceTB/SmolLM2-135M", "HuggingFaceTB/SmolLM2-135M-Instruct"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"smollm2_135m\"]",
      """
      {"hidden_size": 576, "max_position_embeddings": 8192, "model_type": "llama",
      "num_attention_heads": 9, "num_hidden_layers": 30, "num_key_value_heads": 3, "rope_theta": 100000,
      "vocab_size": 49152}
      """),
    ModelPreset(
      "smollm2-1.7b", ids: ["HuggingFaceTB/SmolLM2-1.7B", "HuggingFaceTB/SmolLM2-1.7B-Instruct"],
      source: "assembled, partly unverified: Lightning-AI/litgpt (PyPI 0.5.13) litgpt/config.py name=SmolLM2-1.7B{}",
      sizes(2048, 32, 32, 24),
      """
      "model_type": "llama", "vocab_size": 49152, "max_position_embeddings": 8192, "rope_theta": 130000
      """),
    ModelPreset(
      "smollm3-3b", ids: ["HuggingFaceTB/SmolLM3-3B", "HuggingFaceTB/SmolLM3-3B-Base"],
      source: "rebuilt from a public report (huggingface/transformers#43756), not the published file itself",
      sizes(2048, 16, 4, 36),
      """
      "model_type": "smollm3", "vocab_size": 128256, "max_position_embeddings": 65536, "rope_theta": 5000000.0,
      "use_sliding_window": false, "layer_types": \(layers("f", 36)), "no_rope_layers": \(digits("1110", 36)),
      "no_rope_layer_interval": 4
      """),
    ModelPreset(
      "olmo-2-7b", ids: ["allenai/OLMo-2-1124-7B", "allenai/OLMo-2-1124-7B-Instruct"],
      source: "docs page hub:allenai/OLMo-2-1124-7B-Instruct/blob/b76b2b17/config.json",
      olmo2, sizes(4096, 32, 32, 32)),
    ModelPreset(
      "olmo-2-13b", ids: ["allenai/OLMo-2-1124-13B", "allenai/OLMo-2-1124-13B-Instruct"],
      source: "docs page hub:allenai/OLMo-2-1124-13B/blob/main/config.json",
      olmo2, sizes(5120, 40, 40, 40)),
    ModelPreset(
      "olmo-2-32b", ids: ["allenai/OLMo-2-0325-32B", "allenai/OLMo-2-0325-32B-Instruct"],
      source: "docs page hub:allenai/OLMo-2-0325-32B/blob/main/config.json",
      olmo2, sizes(5120, 40, 8, 64)),
    ModelPreset(
      "olmo-3-7b", ids: ["allenai/Olmo-3-1025-7B", "allenai/Olmo-3-7B-Instruct", "allenai/Olmo-3-7B-Think"],
      source: "AI-Hypercomputer/maxtext@e591f30cb src/maxtext/configs/models/olmo3-7b.yml",
      """
      {"hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
      "num_hidden_layers": 32, "head_dim": 128, "rope_theta": 500000, "sliding_window": 4096,
      "max_position_embeddings": 65536, "vocab_size": 100278, "rope_scaling": {"rope_type": "yarn",
      "factor": 8.0, "original_max_position_embeddings": 8192, "beta_fast": 32.0, "beta_slow": 1.0,
      "truncate": true}, "model_type": "olmo3"}
      """),
    ModelPreset(
      "olmo-3-32b",
      ids: [
        "allenai/Olmo-3-1125-32B", "allenai/Olmo-3-32B-Think",
        "allenai/Olmo-3.1-32B-Instruct", "allenai/Olmo-3.1-32B-Think",
      ],
      source: ttMetal("Olmo-3.1-32B-Instruct", "7699a9ee"),
      sizes(5120, 40, 8, 64),
      """
      "model_type": "olmo3", "vocab_size": 100278, "max_position_embeddings": 65536, "rope_theta": 500000,
      "rope_scaling": {"attention_factor": 1.2079441541679836, "beta_fast": 32, "beta_slow": 1, "factor": 8.0,
      "original_max_position_embeddings": 8192, "rope_type": "yarn"}, "sliding_window": 4096, "layer_types":
      \(layers("sssf", 64))
      """),
    ModelPreset(
      "granite-4.0-1b", ids: ["ibm-granite/granite-4.0-1b", "ibm-granite/granite-4.0-1b-base"],
      source: "rebuilt from a public report, not the published file itself",
      sizes(2048, 16, 4, 40),
      """
      "model_type": "granitemoehybrid", "vocab_size": 100352, "max_position_embeddings": 131072, "rope_theta":
      10000000, "layer_types": \(layers("a", 40)), "position_embedding_type": "rope"
      """),
    ModelPreset(
      "minimax-m2", ids: ["MiniMaxAI/MiniMax-M2", "MiniMaxAI/MiniMax-M2.1", "MiniMaxAI/MiniMax-M2.5"],
      source: "a relative’s file: docs page hub:QuixiAI/MiniMax-M2.1-bf16/blob/main/config.json; "
        + "ai-dynamo/aiconfigurator@095f58a5 "
        + "aic-core/src/aiconfigurator_core/model_configs/MiniMaxAI--MiniMax-M2.5_config.json",
      sizes(3072, 48, 8, 62),
      """
      "model_type": "minimax_m2", "head_dim": 128, "vocab_size": 200064, "max_position_embeddings": 196608,
      "rope_theta": 5000000, "rotary_dim": 64
      """),
    ModelPreset(
      "minimax-m3", ids: ["MiniMaxAI/MiniMax-M3"], source: aiconfigurator("MiniMaxAI--MiniMax-M3"),
      sizes(6144, 64, 4, 60),
      """
      "model_type": "minimax_m3", "head_dim": 128, "vocab_size": 200064, "max_position_embeddings": 1048576,
      "rope_theta": 5000000, "partial_rotary_factor": 0.5, "rotary_dim": 64
      """),
    ModelPreset(
      "seed-oss-36b", ids: ["ByteDance-Seed/Seed-OSS-36B-Instruct", "ByteDance-Seed/Seed-OSS-36B-Base"],
      source: "rebuilt from a public report, not the published file itself",
      sizes(5120, 80, 8, 64),
      """
      "model_type": "seed_oss", "head_dim": 128, "vocab_size": 155136, "max_position_embeddings": 524288,
      "rope_theta": 10000000.0, "rope_scaling": {"rope_type": "default"}
      """),
    ModelPreset(
      "exaone-4-32b", ids: ["LGAI-EXAONE/EXAONE-4.0-32B", "LGAI-EXAONE/EXAONE-4.0.1-32B"],
      source: ttMetal("EXAONE-4.0-32B", "0a91bdf4"),
      sizes(5120, 40, 8, 64),
      """
      "model_type": "exaone4", "head_dim": 128, "vocab_size": 102400, "max_position_embeddings": 131072,
      "rope_theta": 1000000, "rope_scaling": {"factor": 16.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
      "original_max_position_embeddings": 8192, "rope_type": "llama3"}, "sliding_window": 4096,
      "sliding_window_pattern": "LLLG", "layer_types": \(layers("sssf", 64))
      """),
    ModelPreset(
      "command-r", ids: ["CohereLabs/c4ai-command-r-v01", "CohereForAI/c4ai-command-r-v01"],
      source: "docs page of copies: hub:TechxGenus/c4ai-command-r-v01-AWQ/blob/main/config.json",
      commandR, sizes(8192, 64, 64, 40),
      """
      "max_position_embeddings": 8192, "rope_theta": 8000000.0, "model_max_length": 131072
      """),
    ModelPreset(
      "command-r-plus", ids: ["CohereLabs/c4ai-command-r-plus", "CohereForAI/c4ai-command-r-plus"],
      source: "docs page of a copy: hub:FriendliAI/c4ai-command-r-plus-fp8/blame/bcdc7dde/config.json",
      commandR, sizes(12288, 96, 8, 64),
      """
      "max_position_embeddings": 8192, "model_max_length": 131072, "rope_theta": 75000000.0
      """),
    ModelPreset(
      "command-r-08-2024", ids: ["CohereLabs/c4ai-command-r-08-2024", "CohereForAI/c4ai-command-r-08-2024"],
      source: "docs page of a copy: hub:unsloth/c4ai-command-r-08-2024/blob/main/config.json",
      commandR, sizes(8192, 64, 8, 40), #""max_position_embeddings": 131072, "rope_theta": 4000000"#),
    ModelPreset(
      "command-a", ids: ["CohereLabs/c4ai-command-a-03-2025", "CohereForAI/c4ai-command-a-03-2025"],
      source: "rebuilt from a public report (ggml-org/llama.cpp#10900), not the published file itself",
      sizes(12288, 96, 8, 64),
      """
      "model_type": "cohere2", "head_dim": 128, "vocab_size": 256000, "max_position_embeddings": 131072,
      "rope_theta": 50000, "sliding_window": 4096, "sliding_window_pattern": 4, "layer_types": \(layers("sssf",
      64)), "rotary_pct": 1.0
      """),
    ModelPreset(
      "apertus-8b", ids: ["swiss-ai/Apertus-8B-2509", "swiss-ai/Apertus-8B-Instruct-2509"],
      source: "rebuilt from a public report, not the published file itself",
      sizes(4096, 32, 8, 32),
      """
      "model_type": "apertus", "vocab_size": 131072, "max_position_embeddings": 65536, "rope_theta": 12000000,
      "rope_scaling": {"factor": 8.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
      "original_max_position_embeddings": 8192, "rope_type": "llama3", "type": "llama3"}
      """),
    ModelPreset(
      "falcon3-7b", ids: ["tiiuae/Falcon3-7B-Base", "tiiuae/Falcon3-7B-Instruct"],
      source: "docs page hub:tiiuae/Falcon3-7B-Instruct/blob/ca6ceed0/config.json",
      falcon3, sizes(3072, 12, 4, 28)),
    ModelPreset(
      "falcon3-10b", ids: ["tiiuae/Falcon3-10B-Base", "tiiuae/Falcon3-10B-Instruct"],
      source: "docs page of a copy: hub:Echo9Zulu/Falcon3-10B-Instruct-awq-ns-ov/blob/main/config.json",
      falcon3, sizes(3072, 12, 4, 40)),
    ModelPreset(
      "internlm2.5-7b", ids: ["internlm/internlm2_5-7b", "internlm/internlm2_5-7b-chat"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"internlm2_5_7b\"]",
      """
      {"hidden_size": 4096, "max_position_embeddings": 32768, "model_type": "internlm2",
      "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
      "rope_scaling": {"type": "dynamic", "factor": 2.0}, "rope_theta": 1000000, "vocab_size": 92544}
      """),
    ModelPreset(
      "internlm3-8b", ids: ["internlm/internlm3-8b-instruct"],
      source: "docs page hub:internlm/internlm3-8b-instruct-smoothquant-int8/blob/2b29959c/config.json",
      sizes(4096, 32, 2, 48),
      """
      "model_type": "internlm3", "head_dim": 128, "vocab_size": 128512, "max_position_embeddings": 32768,
      "rope_scaling": {"factor": 6.0, "rope_type": "dynamic"}, "rope_theta": 50000000
      """),
    ModelPreset(
      "yi-34b", ids: ["01-ai/Yi-34B", "01-ai/Yi-34B-Chat"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/yi-34b/config.json",
      sizes(7168, 56, 8, 60),
      """
      "model_type": "llama", "vocab_size": 64000, "max_position_embeddings": 4096, "rope_theta": 5000000.0
      """),
    ModelPreset(
      "stablelm-3b", ids: ["stabilityai/stablelm-3b-4e1t"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"stablelm\"]",
      """
      {"hidden_size": 2560, "max_position_embeddings": 4096, "model_type": "stablelm",
      "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
      "partial_rotary_factor": 0.25, "rope_theta": 10000, "vocab_size": 50304}
      """),
    ModelPreset(
      "pythia-1.4b", ids: ["EleutherAI/pythia-1.4b"],
      source: "Lightning-AI/litgpt@26857050 litgpt/config.py name=pythia-1.4b",
      """
      {"model_type": "gpt_neox", "hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 24,
      "max_position_embeddings": 2048, "rope_theta": 10000, "partial_rotary_factor": 0.25}
      """),
  ]
}
