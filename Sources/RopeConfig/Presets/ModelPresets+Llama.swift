extension ModelPresets {
  private static let llama3 = """
    "model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 131072, "rope_theta": 500000.0,
    "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 8192, "rope_type": "llama3"}
    """
  private static let llama32 = """
    "model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 131072, "rope_theta": 500000.0,
    "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
    "original_max_position_embeddings": 8192, "rope_type": "llama3"}
    """
  private static let llama4 = """
    "model_type": "llama4_text", "head_dim": 128, "vocab_size": 202048, "rope_theta": 500000.0,
    "attention_chunk_size": 8192
    """

  /// Meta's Llama models and what was made from them.
  static let llama: [ModelPreset] = [
    ModelPreset(
      "llama-2-7b", ids: ["meta-llama/Llama-2-7b-hf", "meta-llama/Llama-2-7b-chat-hf"],
      source: "arXiv 2307.09288 (Llama 2), table 1 and §2.2",
      """
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
      "num_hidden_layers": 32, "max_position_embeddings": 4096, "rope_theta": 10000.0}
      """),
    ModelPreset(
      "llama-3-8b", ids: ["meta-llama/Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B-Instruct"],
      source: "arXiv 2407.21783 (Llama 3), table 3 and §3.4.1",
      """
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
      "num_hidden_layers": 32, "max_position_embeddings": 8192, "rope_theta": 500000.0}
      """),
    ModelPreset(
      "llama-3-70b", ids: ["meta-llama/Meta-Llama-3-70B", "meta-llama/Meta-Llama-3-70B-Instruct"],
      source: ome("llama3"),
      sizes(8192, 64, 8, 80),
      """
      "model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 8192, "rope_theta": 500000.0
      """),
    ModelPreset(
      "llama-3.1-8b",
      ids: [
        "meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B-Instruct",
        "meta-llama/Meta-Llama-3.1-8B", "meta-llama/Meta-Llama-3.1-8B-Instruct",
        "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
      ],
      source: "docs page hub:stan-hua/Llama-3.1-8B-Instruct-LC-SmoothQuant-RTN-W4A16/blob/cde6551f/config.json",
      """
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
      "num_hidden_layers": 32, "vocab_size": 128256, "rope_scaling": {"factor": 8.0,
      "high_freq_factor": 4.0, "low_freq_factor": 1.0, "original_max_position_embeddings": 8192,
      "rope_type": "llama3"}, "head_dim": 128, "max_position_embeddings": 131072,
      "rope_theta": 500000.0}
      """),
    ModelPreset(
      "llama-3.1-70b",
      ids: [
        "meta-llama/Llama-3.1-70B", "meta-llama/Llama-3.1-70B-Instruct",
        "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
        "meta-llama/Meta-Llama-3.1-70B-Instruct",
      ],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/llama-3.1-70b-instruct/config.json",
      """
      {"hidden_size": 8192, "max_position_embeddings": 131072, "model_type": "llama",
      "num_attention_heads": 64, "num_hidden_layers": 80, "num_key_value_heads": 8,
      "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
      "original_max_position_embeddings": 8192, "rope_type": "llama3"}, "rope_theta": 500000.0,
      "vocab_size": 128256}
      """),
    ModelPreset(
      "llama-3.1-405b", ids: ["meta-llama/Llama-3.1-405B", "meta-llama/Llama-3.1-405B-Instruct"],
      source: aiconfigurator("meta-llama--Meta-Llama-3.1-405B"),
      llama3, sizes(16384, 128, 8, 126)),
    ModelPreset(
      "llama-3.2-1b", ids: ["meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-1B-Instruct"],
      source: ome("llama3_2_1b"),
      llama32, sizes(2048, 32, 8, 16), #""head_dim": 64"#),
    ModelPreset(
      "llama-3.2-3b", ids: ["meta-llama/Llama-3.2-3B", "meta-llama/Llama-3.2-3B-Instruct"],
      source: ome("llama3_2_3b"),
      llama32, sizes(3072, 24, 8, 28), #""head_dim": 128"#),
    ModelPreset(
      "llama-3.3-70b", ids: ["meta-llama/Llama-3.3-70B-Instruct"],
      source: "ai-dynamo/aiconfigurator@f577ab84 "
        + "src/aiconfigurator/model_configs/meta-llama--Llama-3.3-70B-Instruct_config.json",
      llama3, sizes(8192, 64, 8, 80)),
    ModelPreset(
      "llama-4-scout", ids: ["meta-llama/Llama-4-Scout-17B-16E", "meta-llama/Llama-4-Scout-17B-16E-Instruct"],
      source: "assembled, partly unverified: ai-dynamo/aiconfigurator@095f58a5 "
        + "aic-core/src/aiconfigurator_core/model_configs/meta-llama--Llama-4-Scout-17B-16E-Instruct_config.json; "
        + "no_rope_layers [] from inference-sim/inference-sim@f90a1e3a "
        + "model_configs/llama-4-scout-17b-16e-instruct-fp8-dynamic/config.json", nested: "llama4",
      llama4, sizes(5120, 40, 8, 48),
      """
      "max_position_embeddings": 10485760, "rope_scaling": {"factor": 16.0, "high_freq_factor": 1.0,
      "low_freq_factor": 1.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"},
      "no_rope_layers": []
      """),
    ModelPreset(
      "llama-4-maverick",
      ids: [
        "meta-llama/Llama-4-Maverick-17B-128E",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
      ],
      source: aiconfigurator("meta-llama--Llama-4-Maverick-17B-128E-Instruct"), nested: "llama4",
      llama4, sizes(5120, 40, 8, 48), #""max_position_embeddings": 1048576"#),
    ModelPreset(
      "codellama-7b", ids: ["codellama/CodeLlama-7b-hf"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"codellama_7b\"]",
      """
      {"hidden_size": 4096, "max_position_embeddings": 16384, "model_type": "llama",
      "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
      "rope_theta": 1000000, "vocab_size": 32016}
      """),
    ModelPreset(
      "codellama-34b", ids: ["codellama/CodeLlama-34b-hf", "codellama/CodeLlama-34b-Instruct-hf"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/codellama-34b-instruct-hf/config.json",
      sizes(8192, 64, 8, 48),
      """
      "model_type": "llama", "vocab_size": 32000, "max_position_embeddings": 16384, "rope_theta": 1000000
      """),
    ModelPreset(
      "tinyllama-1.1b", ids: ["TinyLlama/TinyLlama-1.1B-Chat-v1.0"],
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"tinyllama_1b_chat_v1.0\"]",
      """
      {"hidden_size": 2048, "max_position_embeddings": 2048, "model_type": "llama",
      "num_attention_heads": 32, "num_hidden_layers": 22, "num_key_value_heads": 4,
      "rope_theta": 10000.0, "vocab_size": 32000}
      """),
    ModelPreset(
      "yarn-llama-2-7b-64k", ids: ["NousResearch/Yarn-Llama-2-7b-64k"],
      source: "docs page hub:NousResearch/Yarn-Llama-2-7b-64k/blob/08491431/config.json",
      """
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
      "num_hidden_layers": 32, "vocab_size": 32000, "max_position_embeddings": 65536,
      "rope_scaling": {"factor": 16.0, "original_max_position_embeddings": 4096, "type": "yarn",
      "finetuned": true}}
      """),
  ]
}
