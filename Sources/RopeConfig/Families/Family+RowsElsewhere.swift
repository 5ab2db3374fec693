extension Family {
  /// Families that transformers 5.24.0 has no class for: models with code of their own.
  static let rowsElsewhere: [Family] = [
    Family(
      names: ["baichuan"], window: 4096, condition: Condition(key: "hidden_size", forbidden: [5120]),
      source: "remote code: the 13B models (5,120 features) use ALiBi"),
    Family(
      names: ["bailing_moe"], window: 16_384, share: .plain(sizeKeys: ["rotary_dim"]),
      source: "remote code: Ling 1 and 2"),
    Family(
      names: ["bailing_moe_linear"], window: 16_384, share: .plain(), layers: .cycle("lllllllF", "layer_group_size"),
      source: "remote code: Ring linear"),
    Family(
      names: ["chatglm"], baseKeys: [], baseMultiplier: "rope_ratio", window: 8192, head: .size(128, "kv_channels"),
      share: .plain(0.5, keys: []), pairs: .interleaved, source: "remote code: ChatGLM2/3, GLM-4 of 2024"),
    Family(names: ["deepseek"], window: 2048, source: "remote code: DeepSeek-MoE"),
    Family(
      names: ["grok", "grok-1"], window: 8192, head: .size(128),
      source: "SGLang's class; the files of Grok 2 name the type of another model"),
    Family(
      names: ["hunyuan"], window: 2048, head: Head(keys: ["attention_head_dim", "head_dim"]), hasStaticNTK: true,
      source: "remote code: Hunyuan-Large"),
    Family(names: ["internlm2", "internlm", "minicpm", "xverse", "aquila"], window: 2048, source: "remote code"),
    Family(
      names: ["kimi_k2"], window: 4096, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved,
      source: "remote code: DeepSeek-V3"),
    Family(names: ["llada"], base: 500_000, window: 4096, source: "remote code"),
    Family(
      names: ["minimax_text_01"], base: 10_000_000, window: 10_240_000, head: .size(128),
      share: .plain(sizeKeys: ["rotary_dim"]),
      layers: LayerPattern(cycle: "lllllllF", numbered: ["attn_type_list": [0: "l", 1: "F"]]),
      source: "remote code: MiniMax-Text-01"),
    Family(names: ["nemotron-nas"], base: 10_000, window: 2048, source: "remote code"),
    Family(names: ["openelm"], baseKeys: ["rope_freq_constant"], window: 2048, head: .size(128), source: "remote code"),
    Family(names: ["orion", "arctic"], window: 4096, source: "remote code"),
    Family(
      names: ["phi-msft"], window: 2048, share: .plain(0.5, keys: [], sizeKeys: ["rotary_dim"]), source: "remote code"),
    Family(
      names: ["phi3small"], base: 1_000_000, baseKeys: ["rope_embedding_base"], window: 8192, source: "remote code"),
    Family(
      names: ["qwen"], baseKeys: ["rotary_emb_base"], window: 8192, head: .size(128, "kv_channels"),
      share: .plain(keys: ["rotary_pct"]), source: "remote code: Qwen 1"),
    Family(
      names: ["smallthinker"], base: 1_500_000, window: 4096, head: .size(128),
      layers: LayerPattern(cycle: "F", numbered: ["sliding_window_layout": [0: "F", 1: "s"]]),
      sliding: Sliding(keys: ["sliding_window_size", "sliding_window"]),
      unrotated: .flags("rope_layout", interval: nil, intervalKey: nil), source: "remote code"),
    Family(names: ["stablelm_epoch"], window: 4096, share: .plain(0.25, keys: ["rope_pct"]), source: "remote code"),
    Family(
      names: ["step3_text"], base: 500_000, window: 65_536, windowKeys: ["max_position_embedding"], head: .size(256),
      source: "remote code"),
  ]
}
