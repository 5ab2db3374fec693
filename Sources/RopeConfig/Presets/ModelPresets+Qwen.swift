extension ModelPresets {
  private static let qwen25 = """
    "model_type": "qwen2", "max_position_embeddings": 32768, "rope_theta": 1000000.0, "use_sliding_window":
    false
    """
  /// The base models state what the Instruct models reach by YaRN.
  private static let qwen25Base = """
    "model_type": "qwen2", "max_position_embeddings": 131072, "rope_theta": 1000000.0, "use_sliding_window": false
    """
  private static let baseFile = "its published file, unverified (7B and larger state 131,072)"
  private static let distilled = """
    "model_type": "qwen2", "max_position_embeddings": 131072, "use_sliding_window": false
    """
  private static let qwen3Plain = """
    "model_type": "qwen3", "head_dim": 128, "vocab_size": 151936, "rope_theta": 1000000, "use_sliding_window": false
    """
  private static let qwen3 = qwen3Plain + #", "max_position_embeddings": 40960"#
  /// The base models state what they were trained to, without room for an answer.
  private static let qwen3Base: [ModelPreset] = [
    ("0.6B", sizes(1024, 16, 8, 28)), ("1.7B", sizes(2048, 16, 8, 28)), ("4B", sizes(2560, 32, 8, 36)),
    ("8B", sizes(4096, 32, 8, 36)), ("14B", sizes(5120, 40, 8, 40)),
  ].map { size, sizes in
    ModelPreset(
      "qwen3-\(size.lowercased())-base", ids: ["Qwen/Qwen3-\(size)-Base"],
      source: "Chen-Oliver/qwen3-8b-base@1e44ee1a config.json for the window; sizes as of the model without -Base",
      qwen3Plain, sizes, #""max_position_embeddings": 32768"#)
  }
  private static let qwen3Mixture = """
    "model_type": "qwen3_moe", "head_dim": 128, "vocab_size": 151936, "use_sliding_window": false
    """
  private static let qwen3VL = """
    "model_type": "qwen3_vl_text", "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 262144,
    "rope_theta": 5000000, "rope_scaling": {"mrope_interleaved": true, "mrope_section": [24, 20, 20],
    "rope_type": "default"}
    """
  private static let qwen3VLMixture = """
    "model_type": "qwen3_vl_moe_text", "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 262144,
    "rope_theta": 5000000, "rope_scaling": {"mrope_interleaved": true, "mrope_section": [24, 20, 20],
    "rope_type": "default"}
    """
  private static let qwen35Mixture = """
    "model_type": "qwen3_5_moe_text", "head_dim": 256, "vocab_size": 248320, "max_position_embeddings": 262144,
    "rope_parameters": {"mrope_interleaved": true, "mrope_section": [11, 11, 10], "rope_type": "default",
    "rope_theta": 10000000, "partial_rotary_factor": 0.25}, "full_attention_interval": 4
    """

  /// Alibaba's Qwen models.
  static let qwen = instructed + qwen3Base

  private static let instructed: [ModelPreset] = [
    ModelPreset(
      "qwen2.5-7b", ids: ["Qwen/Qwen2.5-7B-Instruct"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/qwen2.5-7b-instruct/config.json",
      """
      {"hidden_size": 3584, "max_position_embeddings": 32768, "model_type": "qwen2",
      "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
      "rope_theta": 1000000.0, "sliding_window": 131072, "use_sliding_window": false,
      "vocab_size": 152064}
      """),
    ModelPreset(
      "qwen2.5-14b-1m", ids: ["Qwen/Qwen2.5-14B-Instruct-1M"],
      source: "docs page hub:Qwen/Qwen2.5-14B-Instruct-1M/blob/d5c878c4/config.json",
      """
      {"model_type": "qwen2", "hidden_size": 5120, "num_attention_heads": 40, "num_key_value_heads": 8,
      "num_hidden_layers": 48, "vocab_size": 152064, "max_position_embeddings": 1010000,
      "rope_theta": 10000000.0, "sliding_window": 1010000, "use_sliding_window": false,
      "dual_chunk_attention_config": {"chunk_size": 262144, "local_size": 8192,
      "original_max_position_embeddings": 262144}}
      """),
    ModelPreset(
      "qwen3-30b-a3b", ids: ["Qwen/Qwen3-30B-A3B", "Qwen/Qwen3-30B-A3B-Base", "Qwen/Qwen3-30B-A3B-FP8"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/qwen3-30b-a3b/config.json",
      """
      {"head_dim": 128, "hidden_size": 2048, "max_position_embeddings": 40960, "model_type": "qwen3_moe",
      "num_attention_heads": 32, "num_hidden_layers": 48, "num_key_value_heads": 4,
      "rope_theta": 1000000.0, "use_sliding_window": false, "vocab_size": 151936}
      """),
    ModelPreset(
      "qwen2.5-0.5b", ids: ["Qwen/Qwen2.5-0.5B-Instruct"],
      source: ome("qwen2.5_0.5b", "the window of the Instruct file"),
      qwen25, sizes(896, 14, 2, 24), #""vocab_size": 151936, "sliding_window": 32768"#),
    ModelPreset(
      "qwen2.5-1.5b", ids: ["Qwen/Qwen2.5-1.5B-Instruct"],
      source: ome("qwen2.5_1.5b", "the window of the Instruct file"),
      qwen25, sizes(1536, 12, 2, 28), #""vocab_size": 151936, "sliding_window": 131072"#),
    ModelPreset(
      "qwen2.5-3b", ids: ["Qwen/Qwen2.5-3B-Instruct"], source: ome("qwen2.5_3b", "the window of the Instruct file"),
      qwen25, sizes(2048, 16, 2, 36), #""vocab_size": 151936, "sliding_window": 32768"#),
    ModelPreset(
      "qwen2.5-14b", ids: ["Qwen/Qwen2.5-14B-Instruct"],
      source: ome("qwen2.5_14b", "the window of the Instruct file"),
      qwen25, sizes(5120, 40, 8, 48), #""vocab_size": 152064, "sliding_window": 131072"#),
    ModelPreset(
      "qwen2.5-32b", ids: ["Qwen/Qwen2.5-32B-Instruct"],
      source: ome("qwen2.5_32b", "the window of the Instruct file"),
      qwen25, sizes(5120, 40, 8, 64), #""vocab_size": 152064, "sliding_window": 131072"#),
    ModelPreset(
      "qwen2.5-72b", ids: ["Qwen/Qwen2.5-72B-Instruct"],
      source: ome("qwen2.5_72b", "the window of the Instruct file"),
      qwen25, sizes(8192, 64, 8, 80), #""vocab_size": 152064, "sliding_window": 131072"#),
    ModelPreset(
      "qwen2.5-7b-base", ids: ["Qwen/Qwen2.5-7B"], source: baseFile,
      qwen25Base, sizes(3584, 28, 4, 28), #""vocab_size": 152064"#),
    ModelPreset(
      "qwen2.5-14b-base", ids: ["Qwen/Qwen2.5-14B"], source: baseFile,
      qwen25Base, sizes(5120, 40, 8, 48), #""vocab_size": 152064"#),
    ModelPreset(
      "qwen2.5-32b-base", ids: ["Qwen/Qwen2.5-32B"], source: baseFile,
      qwen25Base, sizes(5120, 40, 8, 64), #""vocab_size": 152064"#),
    ModelPreset(
      "qwen2.5-72b-base", ids: ["Qwen/Qwen2.5-72B"], source: baseFile,
      qwen25Base, sizes(8192, 64, 8, 80), #""vocab_size": 152064"#),
    ModelPreset(
      "deepseek-r1-distill-qwen-1.5b", ids: ["deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"],
      source: "its published file, unverified",
      distilled, sizes(1536, 12, 2, 28), #""vocab_size": 151936, "rope_theta": 10000"#),
    ModelPreset(
      "deepseek-r1-distill-qwen-7b", ids: ["deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"],
      source: "its published file, unverified",
      distilled, sizes(3584, 28, 4, 28), #""vocab_size": 152064, "rope_theta": 10000"#),
    ModelPreset(
      "deepseek-r1-distill-qwen-14b", ids: ["deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"],
      source: "its published file, unverified",
      distilled, sizes(5120, 40, 8, 48), #""vocab_size": 152064, "rope_theta": 1000000.0"#),
    ModelPreset(
      "deepseek-r1-distill-qwen-32b", ids: ["deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"],
      source: "its published file, unverified",
      distilled, sizes(5120, 40, 8, 64), #""vocab_size": 152064, "rope_theta": 1000000.0"#),
    ModelPreset(
      "gte-qwen2-7b-instruct", ids: ["Alibaba-NLP/gte-Qwen2-7B-instruct"], source: "its published file, unverified",
      qwen25Base, sizes(3584, 28, 4, 28), #""vocab_size": 151646"#),
    ModelPreset(
      "qwq-32b", ids: ["Qwen/QwQ-32B"], source: "its published file, unverified",
      sizes(5120, 40, 8, 64),
      """
      "model_type": "qwen2", "max_position_embeddings": 40960, "rope_theta": 1000000.0, "vocab_size": 152064,
      "use_sliding_window": false
      """),
    ModelPreset(
      "qwen3-0.6b", ids: ["Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B-FP8"],
      source: aiconfigurator("Qwen--Qwen3-0.6B"),
      qwen3, sizes(1024, 16, 8, 28)),
    ModelPreset(
      "qwen3-1.7b", ids: ["Qwen/Qwen3-1.7B", "Qwen/Qwen3-1.7B-FP8"],
      source: aiconfigurator("Qwen--Qwen3-1.7B"),
      qwen3, sizes(2048, 16, 8, 28)),
    ModelPreset(
      "qwen3-4b", ids: ["Qwen/Qwen3-4B", "Qwen/Qwen3-4B-FP8", "Qwen/Qwen3-4B-AWQ"],
      source: ome("qwen3_4b"),
      qwen3, sizes(2560, 32, 8, 36)),
    ModelPreset(
      "qwen3-8b", ids: ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B-FP8", "Qwen/Qwen3-8B-AWQ"],
      source: aiconfigurator("Qwen--Qwen3-8B"),
      qwen3, sizes(4096, 32, 8, 36)),
    ModelPreset(
      "qwen3-14b", ids: ["Qwen/Qwen3-14B", "Qwen/Qwen3-14B-FP8", "Qwen/Qwen3-14B-AWQ"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/qwen3-14b/config.json",
      qwen3, sizes(5120, 40, 8, 40)),
    ModelPreset(
      "qwen3-32b", ids: ["Qwen/Qwen3-32B", "Qwen/Qwen3-32B-FP8", "Qwen/Qwen3-32B-AWQ"],
      source: aiconfigurator("Qwen--Qwen3-32B"),
      qwen3, sizes(5120, 64, 8, 64)),
    ModelPreset(
      "qwen3-235b-a22b", ids: ["Qwen/Qwen3-235B-A22B", "Qwen/Qwen3-235B-A22B-FP8"],
      source: aiconfigurator("Qwen--Qwen3-235B-A22B"),
      qwen3Mixture, sizes(4096, 64, 4, 94), #""max_position_embeddings": 40960, "rope_theta": 1000000.0"#),
    ModelPreset(
      "qwen3-4b-2507",
      ids: [
        "Qwen/Qwen3-4B-Instruct-2507", "Qwen/Qwen3-4B-Thinking-2507",
        "Qwen/Qwen3-4B-Instruct-2507-FP8",
      ],
      source: "akougkas/warpio-cli warpio-docs/ai-docs/model_cards/qwen3:4b.md (copy of the published file)",
      sizes(2560, 32, 8, 36),
      """
      "model_type": "qwen3", "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 262144,
      "rope_theta": 5000000, "use_sliding_window": false
      """),
    ModelPreset(
      "qwen3-30b-a3b-2507", ids: ["Qwen/Qwen3-30B-A3B-Instruct-2507", "Qwen/Qwen3-30B-A3B-Thinking-2507"],
      source: "assembled, partly unverified: AI-Hypercomputer/maxtext@e591f30c "
        + "src/maxtext/checkpoint_conversion/utils/hf_model_configs.py qwen3_30b_a3b_thinking_2507_config; "
        + "hub:Qwen/Qwen3-30B-A3B-Instruct-2507 card (262,144 natively)",
      qwen3Mixture, sizes(2048, 32, 4, 48), #""max_position_embeddings": 262144, "rope_theta": 10000000"#),
    ModelPreset(
      "qwen3-235b-a22b-2507", ids: ["Qwen/Qwen3-235B-A22B-Instruct-2507", "Qwen/Qwen3-235B-A22B-Thinking-2507"],
      source: "assembled, partly unverified: AI-Hypercomputer/maxtext@e591f30c "
        + "src/maxtext/checkpoint_conversion/utils/hf_model_configs.py qwen3_235b_a22b_thinking_2507_config",
      qwen3Mixture, sizes(4096, 64, 4, 94), #""max_position_embeddings": 262144, "rope_theta": 5000000"#),
    ModelPreset(
      "qwen3-coder-30b-a3b",
      ids: [
        "Qwen/Qwen3-Coder-30B-A3B-Instruct",
        "Qwen/Qwen3-Coder-30B-A3B-Instruct-FP8",
      ],
      source: "docs page hub:RTP-LLM/Qwen3-Coder-30B-A3B-Instruct-RTPurbo/blob/main/config.json and "
        + "hub:shailesh83/Qwen3-Coder-int8 (copies)",
      qwen3Mixture, sizes(2048, 32, 4, 48), #""max_position_embeddings": 262144, "rope_theta": 10000000"#),
    ModelPreset(
      "qwen3-coder-480b-a35b", ids: ["Qwen/Qwen3-Coder-480B-A35B-Instruct"],
      source: aiconfigurator("Qwen--Qwen3-Coder-480B-A35B-Instruct"),
      qwen3Mixture, sizes(6144, 96, 8, 62), #""max_position_embeddings": 262144, "rope_theta": 10000000"#),
    ModelPreset(
      "qwen3-vl-8b", ids: ["Qwen/Qwen3-VL-8B-Instruct", "Qwen/Qwen3-VL-8B-Thinking"],
      source: "rebuilt from a public report (youssofal/MTPLX#2), not the published file itself", nested: "qwen3_vl",
      qwen3VL, sizes(4096, 32, 8, 36)),
    ModelPreset(
      "qwen3-vl-30b-a3b", ids: ["Qwen/Qwen3-VL-30B-A3B-Instruct", "Qwen/Qwen3-VL-30B-A3B-Thinking"],
      source: ome("qwen3_vl_30b_a3b_instruct"), nested: "qwen3_vl_moe",
      qwen3VLMixture, sizes(2048, 32, 4, 48)),
    ModelPreset(
      "qwen3-vl-32b", ids: ["Qwen/Qwen3-VL-32B-Instruct", "Qwen/Qwen3-VL-32B-Thinking"],
      source: aiconfigurator("Qwen--Qwen3-VL-32B-Instruct"), nested: "qwen3_vl",
      qwen3VL, sizes(5120, 64, 8, 64)),
    ModelPreset(
      "qwen3-vl-235b-a22b", ids: ["Qwen/Qwen3-VL-235B-A22B-Instruct", "Qwen/Qwen3-VL-235B-A22B-Thinking"],
      source: ome("qwen3_vl_235b"), nested: "qwen3_vl_moe",
      qwen3VLMixture, sizes(4096, 64, 4, 94)),
    ModelPreset(
      "qwen3-next-80b-a3b", ids: ["Qwen/Qwen3-Next-80B-A3B-Instruct", "Qwen/Qwen3-Next-80B-A3B-Thinking"],
      source: "assembled, partly unverified: AI-Hypercomputer/maxtext@e591f30c "
        + "src/maxtext/checkpoint_conversion/utils/hf_model_configs.py qwen3_next_80b_a3b_dict",
      sizes(2048, 16, 2, 48),
      """
      "model_type": "qwen3_next", "head_dim": 256, "vocab_size": 151936, "max_position_embeddings": 262144,
      "rope_theta": 10000000, "partial_rotary_factor": 0.25, "full_attention_interval": 4
      """),
    ModelPreset(
      "qwen3.5-27b", ids: ["Qwen/Qwen3.5-27B"], source: aiconfigurator("Qwen--Qwen3.5-27B"), nested: "qwen3_5",
      sizes(5120, 24, 4, 64),
      """
      "model_type": "qwen3_5_text", "head_dim": 256, "vocab_size": 248320, "max_position_embeddings": 262144,
      "rope_parameters": {"mrope_interleaved": true, "mrope_section": [11, 11, 10], "rope_type": "default",
      "rope_theta": 10000000, "partial_rotary_factor": 0.25}, "layer_types": \(layers("lllf", 64)),
      "full_attention_interval": 4
      """),
    ModelPreset(
      "qwen3.5-35b-a3b", ids: ["Qwen/Qwen3.5-35B-A3B"],
      source: aiconfigurator("Qwen--Qwen3.5-35B-A3B"), nested: "qwen3_5_moe",
      qwen35Mixture, sizes(2048, 16, 2, 40),
      """
      "layer_types": \(layers("lllf", 40))
      """),
    ModelPreset(
      "qwen3.5-122b-a10b", ids: ["Qwen/Qwen3.5-122B-A10B"],
      source: aiconfigurator("Qwen--Qwen3.5-122B-A10B"), nested: "qwen3_5_moe",
      qwen35Mixture, sizes(3072, 32, 2, 48),
      """
      "layer_types": \(layers("lllf", 48))
      """),
    ModelPreset(
      "qwen3.5-397b-a17b", ids: ["Qwen/Qwen3.5-397B-A17B"],
      source: aiconfigurator("Qwen--Qwen3.5-397B-A17B"), nested: "qwen3_5_moe",
      qwen35Mixture, sizes(4096, 32, 2, 60),
      """
      "layer_types": \(layers("lllf", 60))
      """),
  ]
}
