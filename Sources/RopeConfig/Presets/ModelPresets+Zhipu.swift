extension ModelPresets {
  private static let glm45 = """
    "model_type": "glm4_moe", "head_dim": 128, "vocab_size": 151552, "partial_rotary_factor": 0.5, "rope_theta":
    1000000
    """
  private static let glm5 = """
    "model_type": "glm_moe_dsa", "vocab_size": 154880, "qk_rope_head_dim": 64, "qk_nope_head_dim": 192,
    "kv_lora_rank": 512, "rope_interleave": true
    """

  /// Models of Zhipu (Z.ai).
  static let zhipu: [ModelPreset] = [
    ModelPreset(
      "glm-4-9b-0414", ids: ["THUDM/GLM-4-9B-0414", "zai-org/GLM-4-9B-0414", "THUDM/GLM-Z1-9B-0414"],
      source: "assembled, partly unverified: docs page of a fine-tune (v5 form): "
        + "hub:ccui46/hazardworld_per_chunk_act_glm_tokfix_diffPrompt_2000/blob/main/config.json; v4 form "
        + "of the 32B sibling: hub:Delta-Vector/Austral-GLM4-SFT",
      sizes(4096, 32, 2, 40),
      """
      "model_type": "glm4", "head_dim": 128, "vocab_size": 151552, "max_position_embeddings": 32768,
      "rope_theta": 10000.0, "partial_rotary_factor": 0.5
      """),
    ModelPreset(
      "glm-4.5-air", ids: ["zai-org/GLM-4.5-Air", "zai-org/GLM-4.5-Air-Base"],
      source: "a relative’s file: docs page of a derivative with the same keys: "
        + "hub:PrimeIntellect/INTELLECT-3-Base/blob/main/config.json",
      glm45, sizes(4096, 96, 8, 46), #""max_position_embeddings": 131072"#),
    ModelPreset(
      "glm-4.5", ids: ["zai-org/GLM-4.5", "zai-org/GLM-4.5-Base"],
      source: "assembled, partly unverified: keys of hub:zai-org/GLM-4.7/blob/refs%2Fpr%2F49/config.json with "
        + "the window of GLM-4.5 (unverified)",
      glm45, sizes(5120, 96, 8, 92), #""max_position_embeddings": 131072"#),
    ModelPreset(
      "glm-4.6", ids: ["zai-org/GLM-4.6", "zai-org/GLM-4.7"],
      source: "a relative’s file: docs page hub:zai-org/GLM-4.7/blob/refs%2Fpr%2F49/config.json",
      glm45, sizes(5120, 96, 8, 92), #""max_position_embeddings": 202752"#),
    ModelPreset(
      "glm-5", ids: ["zai-org/GLM-5", "zai-org/GLM-5-FP8", "zai-org/GLM-5.1"],
      source: aiconfigurator("zai-org--GLM-5"),
      glm5, sizes(6144, 64, 64, 78),
      """
      "head_dim": 64, "max_position_embeddings": 202752, "rope_parameters": {"rope_theta": 1000000, "rope_type":
      "default"}
      """),
    ModelPreset(
      "glm-5.2", ids: ["zai-org/GLM-5.2", "zai-org/GLM-5.2-FP8", "zai-org/GLM-5.3"],
      source: aiconfigurator("zai-org--GLM-5.2"),
      glm5, sizes(6144, 64, 64, 78),
      """
      "head_dim": 192, "max_position_embeddings": 1048576, "rope_parameters": {"rope_theta": 8000000,
      "rope_type": "default"}
      """),
  ]
}
