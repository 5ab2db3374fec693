extension ModelPresets {
  private static let deepseekV3 = """
    "vocab_size": 129280, "max_position_embeddings": 163840, "rope_theta": 10000, "rope_scaling": {"beta_fast":
    32, "beta_slow": 1, "factor": 40, "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings":
    4096, "type": "yarn"}, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "kv_lora_rank": 512
    """
  private static let kimi = """
    "model_type": "kimi_k2", "vocab_size": 163840, "rope_theta": 50000.0, "qk_rope_head_dim": 64,
    "qk_nope_head_dim": 128, "kv_lora_rank": 512
    """

  /// Models of DeepSeek and Moonshot.
  static let deepseek: [ModelPreset] = [
    ModelPreset(
      "deepseek-v2-lite", ids: ["deepseek-ai/DeepSeek-V2-Lite", "deepseek-ai/DeepSeek-V2-Lite-Chat"],
      source: "inference-sim/inference-sim@f90a1e3a model_configs/deepseek-v2-lite/config.json",
      """
      {"hidden_size": 2048, "kv_lora_rank": 512, "max_position_embeddings": 163840,
      "model_type": "deepseek_v2", "num_attention_heads": 16, "num_hidden_layers": 27,
      "num_key_value_heads": 16, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
      "rope_scaling": {"beta_fast": 32, "beta_slow": 1, "factor": 40, "mscale": 0.707,
      "mscale_all_dim": 0.707, "original_max_position_embeddings": 4096, "type": "yarn"},
      "rope_theta": 10000, "v_head_dim": 128, "vocab_size": 102400}
      """),
    ModelPreset(
      "deepseek-v3",
      ids: [
        "deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V3-Base",
        "deepseek-ai/DeepSeek-V3-0324",
      ],
      source: aiconfigurator("deepseek-ai--DeepSeek-V3"),
      deepseekV3, sizes(7168, 128, 128, 61), #""model_type": "deepseek_v3""#),
    ModelPreset(
      "deepseek-v3.1",
      ids: [
        "deepseek-ai/DeepSeek-V3.1", "deepseek-ai/DeepSeek-V3.1-Base",
        "deepseek-ai/DeepSeek-V3.1-Terminus",
      ],
      source: "ai-dynamo/aiconfigurator@095f58a5 "
        + "aic-core/src/aiconfigurator_core/model_configs/nvidia--DeepSeek-V3.1-NVFP4_config.json (rotary "
        + "keys equal to V3's)",
      deepseekV3, sizes(7168, 128, 128, 61), #""model_type": "deepseek_v3""#),
    ModelPreset(
      "deepseek-v3.2", ids: ["deepseek-ai/DeepSeek-V3.2", "deepseek-ai/DeepSeek-V3.2-Exp"],
      source: aiconfigurator("deepseek-ai--DeepSeek-V3.2"),
      deepseekV3, sizes(7168, 128, 128, 61), #""model_type": "deepseek_v32""#),
    ModelPreset(
      "deepseek-r1",
      ids: [
        "deepseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1-0528",
        "deepseek-ai/DeepSeek-R1-Zero",
      ],
      source: aiconfigurator("deepseek-ai--DeepSeek-R1"),
      deepseekV3, sizes(7168, 128, 128, 61), #""model_type": "deepseek_v3""#),
    ModelPreset(
      "kimi-k2", ids: ["moonshotai/Kimi-K2-Instruct", "moonshotai/Kimi-K2-Base"],
      source: aiconfigurator("moonshotai--Kimi-K2-Instruct"),
      kimi, sizes(7168, 64, 64, 61),
      """
      "max_position_embeddings": 131072, "rope_scaling": {"beta_fast": 1.0, "beta_slow": 1.0, "factor": 32.0,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 4096, "type": "yarn"}
      """),
    ModelPreset(
      "kimi-k2-0905", ids: ["moonshotai/Kimi-K2-Instruct-0905", "moonshotai/Kimi-K2-Thinking"],
      source: "assembled, partly unverified: K2's keys with factor 64 and window 262,144 "
        + "(Thinking: beta_fast 1.0 too)",
      kimi, sizes(7168, 64, 64, 61),
      """
      "max_position_embeddings": 262144, "rope_scaling": {"beta_fast": 1.0, "beta_slow": 1.0, "factor": 64.0,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 4096, "type": "yarn"}
      """),
    ModelPreset(
      "kimi-k2.5", ids: ["moonshotai/Kimi-K2.5", "moonshotai/Kimi-K2.6"],
      source: aiconfigurator("moonshotai--Kimi-K2.5"), nested: "kimi_k25",
      kimi, sizes(7168, 64, 64, 61),
      """
      "max_position_embeddings": 262144, "rope_scaling": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 64.0,
      "mscale": 1.0, "mscale_all_dim": 1.0, "original_max_position_embeddings": 4096, "type": "yarn"}
      """),
  ]
}
