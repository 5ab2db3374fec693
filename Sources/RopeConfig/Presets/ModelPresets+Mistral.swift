extension ModelPresets {
  private static let mistral7b = """
    "model_type": "mistral", "max_position_embeddings": 32768, "rope_theta": 1000000.0, "sliding_window": null
    """
  private static let ministral3 = """
    "model_type": "ministral3", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 262144
    """

  /// Mistral's models.
  static let mistral: [ModelPreset] = [
    ModelPreset(
      "mistral-7b", ids: ["mistralai/Mistral-7B-v0.1", "mistralai/Mistral-7B-Instruct-v0.1"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"mistral_7b\"]",
      """
      {"hidden_size": 4096, "max_position_embeddings": 32768, "model_type": "mistral",
      "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
      "rope_theta": 10000.0, "vocab_size": 32000}
      """),
    ModelPreset(
      "yarn-mistral-7b-128k", ids: ["NousResearch/Yarn-Mistral-7b-128k"],
      source: "docs page of a copy (_name_or_path NousResearch/Yarn-Mistral-7b-128k): "
        + "hub:evilfreelancer/PavelGPT-7B-128K-v0.1-LoRA/blame/aba5050e/config.json",
      """
      {"model_type": "mistral", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
      "num_hidden_layers": 32, "vocab_size": 32000, "rope_theta": 10000.0,
      "max_position_embeddings": 32768, "rope_scaling": {"factor": 16.0, "finetuned": true,
      "original_max_position_embeddings": 8192, "type": "yarn"}, "sliding_window": 131072}
      """),
    ModelPreset(
      "mistral-7b-v0.2", ids: ["mistralai/Mistral-7B-Instruct-v0.2", "mistral-community/Mistral-7B-v0.2"],
      source: ome("mistral_7b_instruct"),
      mistral7b, sizes(4096, 32, 8, 32), #""vocab_size": 32000"#),
    ModelPreset(
      "mistral-7b-v0.3", ids: ["mistralai/Mistral-7B-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"],
      source: ttMetal("Mistral-7B-Instruct-v0.3", "07ed0f40"),
      mistral7b, sizes(4096, 32, 8, 32), #""vocab_size": 32768"#),
    ModelPreset(
      "mixtral-8x7b", ids: ["mistralai/Mixtral-8x7B-v0.1", "mistralai/Mixtral-8x7B-Instruct-v0.1"],
      source: aiconfigurator("mistralai--Mixtral-8x7B-v0.1"),
      sizes(4096, 32, 8, 32),
      """
      "model_type": "mixtral", "vocab_size": 32000, "max_position_embeddings": 32768, "rope_theta": 1000000.0
      """),
    ModelPreset(
      "mixtral-8x22b", ids: ["mistralai/Mixtral-8x22B-v0.1", "mistralai/Mixtral-8x22B-Instruct-v0.1"],
      source: aiconfigurator("mistralai--Mixtral-8x22B-v0.1"),
      sizes(6144, 48, 8, 56),
      """
      "model_type": "mixtral", "vocab_size": 32000, "max_position_embeddings": 65536, "rope_theta": 1000000
      """),
    ModelPreset(
      "mistral-nemo", ids: ["mistralai/Mistral-Nemo-Base-2407", "mistralai/Mistral-Nemo-Instruct-2407"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/mistral-nemo-instruct-2407/config.json "
        + "(131,072); older copies state 1,024,000 (docs page "
        + "hub:yuyouyu/Mistral-Nemo-BD-RP/blob/main/config.json) or 128,000 "
        + "(kevinstephano/thunder_model_blocks thunder_model_blocks/mistral/mistral_config.py)",
      sizes(5120, 32, 8, 40),
      """
      "model_type": "mistral", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 131072,
      "rope_theta": 1000000.0, "sliding_window": null
      """),
    ModelPreset(
      "mistral-small-3",
      ids: [
        "mistralai/Mistral-Small-24B-Base-2501",
        "mistralai/Mistral-Small-24B-Instruct-2501",
      ],
      source: "docs page of a copy (_name_or_path mistralai/Mistral-Small-24B-Instruct-2501): "
        + "hub:ReadyArt/Forgotten-Safeword-24B/blob/05495f99/config.json",
      sizes(5120, 32, 8, 40),
      """
      "model_type": "mistral", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 32768,
      "rope_theta": 100000000.0, "sliding_window": null
      """),
    ModelPreset(
      "mistral-small-3.1",
      ids: [
        "mistralai/Mistral-Small-3.1-24B-Base-2503",
        "mistralai/Mistral-Small-3.1-24B-Instruct-2503", "mistralai/Mistral-Small-3.2-24B-Instruct-2506",
        "mistralai/Magistral-Small-2506", "mistralai/Devstral-Small-2507",
      ],
      source: "a relative’s file: public code that embeds the text encoder of FLUX.2 (the file of "
        + "Mistral-Small-3.2, read by content search, no address); bases of 3.1 and 3.2 both 1e9 in another",
      nested: "mistral3",
      sizes(5120, 32, 8, 40),
      """
      "model_type": "mistral", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 131072,
      "rope_theta": 1000000000.0, "sliding_window": null
      """),
    ModelPreset(
      "ministral-8b-2410", ids: ["mistralai/Ministral-8B-Instruct-2410"],
      source: "docs page of a copy: hub:rivaon/sydney/blob/main/config.json (_name_or_path "
        + "mistralai/Ministral-8B-Instruct-2410)",
      sizes(4096, 32, 8, 36),
      """
      "model_type": "mistral", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 32768,
      "rope_theta": 100000000.0, "sliding_window": 32768
      """),
    ModelPreset(
      "ministral-3-3b",
      ids: [
        "mistralai/Ministral-3-3B-Base-2512", "mistralai/Ministral-3-3B-Instruct-2512",
        "mistralai/Ministral-3-3B-Reasoning-2512",
      ],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"ministral3_3b_2512\"]",
      """
      {"model_type": "ministral3", "text_config": {"head_dim": 128, "hidden_size": 3072,
      "max_position_embeddings": 262144, "model_type": "ministral3", "num_attention_heads": 32,
      "num_hidden_layers": 26, "num_key_value_heads": 8, "rope_parameters": {"beta_fast": 32.0,
      "beta_slow": 1.0, "factor": 16.0, "llama_4_scaling_beta": 0.1, "mscale": 1.0,
      "mscale_all_dim": 1.0, "original_max_position_embeddings": 16384, "rope_theta": 1000000.0,
      "rope_type": "yarn", "type": "yarn"}, "vocab_size": 131072}}
      """),
    ModelPreset(
      "ministral-3-8b",
      ids: [
        "mistralai/Ministral-3-8B-Base-2512", "mistralai/Ministral-3-8B-Instruct-2512",
        "mistralai/Ministral-3-8B-Reasoning-2512",
      ],
      source: "assembled, partly unverified: NVIDIA-NeMo/Megatron-Bridge@067f987d "
        + "tests/unit_tests/models/ministral3/test_ministral3_bridge.py (sizes, theta of 3B, 8B, 14B) with "
        + "transformers 5.23.0 configuration_ministral3.py (defaults = 8B)", nested: "mistral3",
      ministral3, sizes(4096, 32, 8, 34),
      """
      "rope_parameters": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 16.0, "llama_4_scaling_beta": 0.1,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 16384, "rope_theta": 1000000.0,
      "rope_type": "yarn", "type": "yarn"}
      """),
    ModelPreset(
      "ministral-3-14b",
      ids: [
        "mistralai/Ministral-3-14B-Base-2512", "mistralai/Ministral-3-14B-Instruct-2512",
        "mistralai/Ministral-3-14B-Reasoning-2512",
      ],
      source: "assembled, partly unverified: NVIDIA-NeMo/Megatron-Bridge@067f987d "
        + "tests/unit_tests/models/ministral3/test_ministral3_bridge.py (sizes, theta of 3B, 8B, 14B); the "
        + "scaling block as in the siblings", nested: "mistral3",
      ministral3, sizes(5120, 32, 8, 40),
      """
      "rope_parameters": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 16.0, "llama_4_scaling_beta": 0.1,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 16384, "rope_theta":
      1000000000.0, "rope_type": "yarn", "type": "yarn"}
      """),
    ModelPreset(
      "devstral-small-2", ids: ["mistralai/Devstral-Small-2-24B-Instruct-2512"],
      source: ttMetal("Devstral-Small-2-24B-Instruct", "b106eff0"), nested: "mistral3",
      sizes(5120, 32, 8, 40),
      """
      "model_type": "ministral3", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 393216,
      "rope_parameters": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 48.0, "llama_4_scaling_beta": 0.1,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 8192, "rope_theta": 100000000.0,
      "rope_type": "yarn", "type": "yarn"}
      """),
    ModelPreset(
      "devstral-2-123b", ids: ["mistralai/Devstral-2-123B-Instruct-2512"],
      source: "docs page of a copy: hub:cleman273/affine-devstral/blob/main/config.json",
      sizes(12288, 96, 8, 88),
      """
      "model_type": "ministral3", "head_dim": 128, "vocab_size": 131072, "max_position_embeddings": 262144,
      "rope_parameters": {"beta_fast": 4.0, "beta_slow": 1.0, "factor": 64.0, "mscale": 1.0, "mscale_all_dim":
      0.0, "original_max_position_embeddings": 4096, "llama_4_scaling_beta": 0.0, "rope_theta": 1000000.0,
      "rope_type": "yarn", "type": "yarn"}
      """),
  ]
}
