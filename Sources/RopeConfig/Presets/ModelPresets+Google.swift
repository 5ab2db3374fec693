extension ModelPresets {
  private static let gemma2 = """
    "model_type": "gemma2", "vocab_size": 256000, "max_position_embeddings": 8192, "rope_theta": 10000.0,
    "sliding_window": 4096
    """
  private static let gemma4 = """
    "model_type": "gemma4_text", "head_dim": 256, "vocab_size": 262144, "rope_parameters": {"full_attention":
    {"partial_rotary_factor": 0.25, "rope_theta": 1000000.0, "rope_type": "proportional"}, "sliding_attention":
    {"rope_theta": 10000.0, "rope_type": "default"}}, "global_head_dim": 512
    """

  /// Google's Gemma models.
  static let google: [ModelPreset] = [
    ModelPreset(
      "gemma-2-2b", ids: ["google/gemma-2-2b", "google/gemma-2-2b-it"], source: ome("gemma_2_2b"),
      gemma2, sizes(2304, 8, 4, 26), #""head_dim": 256"#),
    ModelPreset(
      "gemma-2-9b", ids: ["google/gemma-2-9b", "google/gemma-2-9b-it"], source: ome("gemma_2_9b"),
      gemma2, sizes(3584, 16, 8, 42), #""head_dim": 256, "sliding_window_size": 4096"#),
    ModelPreset(
      "gemma-2-27b", ids: ["google/gemma-2-27b", "google/gemma-2-27b-it"],
      source: "docs page of a copy: hub:EdgerunnersArchive/google-gemma-2-27b-it-ortho/blame/main/config.json",
      gemma2, sizes(4608, 32, 16, 46), #""head_dim": 128"#),
    ModelPreset(
      "gemma-3-1b", ids: ["google/gemma-3-1b-pt", "google/gemma-3-1b-it"], source: ome("gemma3_text"),
      sizes(1152, 4, 1, 26),
      """
      "model_type": "gemma3_text", "head_dim": 256, "vocab_size": 262144, "max_position_embeddings": 32768,
      "rope_theta": 1000000, "rope_local_base_freq": 10000, "sliding_window": 512, "sliding_window_pattern": 6
      """),
    ModelPreset(
      "gemma-3-4b", ids: ["google/gemma-3-4b-pt", "google/gemma-3-4b-it"],
      source: "docs page hub:YFolla/gemma-3-dnd/blob/main/config.json",
      """
      {"model_type": "gemma3_text", "hidden_size": 2560, "num_attention_heads": 8,
      "num_key_value_heads": 4, "head_dim": 256, "num_hidden_layers": 34, "vocab_size": 262208,
      "max_position_embeddings": 131072, "rope_local_base_freq": 10000.0, "rope_scaling": {"factor": 8.0,
      "rope_type": "linear"}, "rope_theta": 1000000.0, "sliding_window": 1024,
      "sliding_window_pattern": 6}
      """),
    ModelPreset(
      "gemma-3-12b", ids: ["google/gemma-3-12b-pt", "google/gemma-3-12b-it"],
      source: "a relative’s file: docs page of a copy: hub:OpenPipe/gemma-3-12b-it-text-only/blob/main/config.json",
      sizes(3840, 16, 8, 48),
      """
      "model_type": "gemma3_text", "vocab_size": 262208, "max_position_embeddings": 131072, "rope_theta":
      1000000.0, "rope_local_base_freq": 10000.0, "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
      "sliding_window": 1024, "sliding_window_pattern": 6, "head_dim": 256
      """),
    ModelPreset(
      "gemma-3-27b", ids: ["google/gemma-3-27b-pt", "google/gemma-3-27b-it"], source: ome("gemma3"), nested: "gemma3",
      sizes(5376, 32, 16, 62),
      """
      "model_type": "gemma3_text", "head_dim": 128, "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
      "sliding_window": 1024
      """),
    ModelPreset(
      "gemma-4-26b-a4b", ids: ["google/gemma-4-26B-A4B", "google/gemma-4-26B-A4B-it"],
      source: aiconfigurator("google--gemma-4-26B-A4B"), nested: "gemma4",
      gemma4, sizes(2816, 16, 8, 30),
      """
      "max_position_embeddings": 262144, "sliding_window": 1024, "layer_types": \(layers("sssssf", 30)),
      "num_global_key_value_heads": 2
      """),
    ModelPreset(
      "gemma-4-31b", ids: ["google/gemma-4-31B", "google/gemma-4-31B-it"],
      source: "assembled, partly unverified: sgl-project/ome pkg/hfutil/modelconfig/testdata/gemma4_31b.json "
        + "(sizes, window) with AI-Hypercomputer/maxtext@e591f30c src/maxtext/configs/models/gemma4-*.yml "
        + "and checkpoint_conversion/utils/hf_model_configs.py (bases, proportion, pattern)", nested: "gemma4",
      gemma4, sizes(5376, 32, 16, 60),
      """
      "max_position_embeddings": 262144, "sliding_window": 1024, "layer_types": \(layers("sssssf", 60)),
      "num_global_key_value_heads": 4
      """),
    ModelPreset(
      "gemma-4-e2b", ids: ["google/gemma-4-E2B", "google/gemma-4-E2B-it"],
      source: "assembled, partly unverified: sgl-project/ome pkg/hfutil/modelconfig/testdata/gemma4_e2b.json "
        + "(sizes, window) with AI-Hypercomputer/maxtext@e591f30c src/maxtext/configs/models/gemma4-*.yml "
        + "and checkpoint_conversion/utils/hf_model_configs.py (bases, proportion, pattern)", nested: "gemma4",
      gemma4, sizes(1536, 8, 1, 35),
      """
      "max_position_embeddings": 131072, "sliding_window": 512, "layer_types": \(layers("ssssf", 35))
      """),
    ModelPreset(
      "gemma-4-e4b", ids: ["google/gemma-4-E4B", "google/gemma-4-E4B-it"],
      source: "assembled, partly unverified: sgl-project/ome pkg/hfutil/modelconfig/testdata/gemma4_e4b.json "
        + "(sizes, window) with AI-Hypercomputer/maxtext@e591f30c src/maxtext/configs/models/gemma4-*.yml "
        + "and checkpoint_conversion/utils/hf_model_configs.py (bases, proportion, pattern)", nested: "gemma4",
      gemma4, sizes(2560, 8, 2, 42),
      """
      "max_position_embeddings": 131072, "sliding_window": 512, "layer_types": \(layers("sssssf", 42))
      """),
  ]
}
