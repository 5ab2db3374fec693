extension Family {
  /// transformers 5.24.0, `models/*/configuration_*.py` and the rotary classes of `modeling_*.py`: Q to Z.
  static let rowsQtoZ: [Family] = [
    Family(
      names: ["qwen2"], window: 32_768, layers: LayerPattern(slidesFrom: (28, "max_window_layers")),
      sliding: Sliding(size: 4096, flag: "use_sliding_window")),
    Family(
      names: ["qwen2_5_omni_talker"], base: 1_000_000, window: 32_768, head: .size(128),
      layers: LayerPattern(slidesFrom: (28, "max_window_layers")),
      sliding: Sliding(size: 32_768, flag: "use_sliding_window")),
    Family(
      names: ["qwen2_5_omni_text"], base: 1_000_000, window: 32_768,
      layers: LayerPattern(slidesFrom: (28, "max_window_layers")),
      sliding: Sliding(size: 32_768, flag: "use_sliding_window")),
    Family(
      names: ["qwen2_5_vl_text", "qwen2_vl_text"], base: 1_000_000, window: 32_768, typeAliases: ["mrope": "default"],
      sections: [16, 24, 24],
      layers: LayerPattern(slidesFrom: (80, "max_window_layers")),
      sliding: Sliding(size: 4096, flag: "use_sliding_window")),
    Family(
      names: ["qwen2_moe"], window: 32_768, layers: LayerPattern(slidesBelow: (28, "max_window_layers")),
      sliding: Sliding(size: 4096, flag: "use_sliding_window")),
    Family(
      names: ["qwen3"], window: 32_768, head: .size(128), layers: LayerPattern(slidesFrom: (28, "max_window_layers")),
      sliding: Sliding(size: 4096, flag: "use_sliding_window")),
    Family(
      names: ["qwen3_5_moe_text", "qwen3_5_text", "qwen3_next"], window: 32_768, head: .size(256), share: .plain(0.25),
      layers: .cycle("lllF", "full_attention_interval")),
    Family(names: ["qwen3_moe"], window: 32_768, sliding: Sliding(size: 4096, flag: "use_sliding_window")),
    Family(
      names: ["qwen3_omni_moe_talker_code_predictor"], window: 32_768, head: .size(128),
      layers: LayerPattern(slidesFrom: (28, "max_window_layers")), sliding: Sliding()),
    Family(names: ["qwen3_omni_moe_talker_text"], window: 32_768, sliding: Sliding()),
    Family(names: ["qwen3_omni_moe_text"], base: 1_000_000, window: 32_768, sliding: Sliding()),
    Family(names: ["qwen3_vl_moe_text"], base: 500_000, window: 128_000, sections: [24, 20, 20], sliding: Sliding()),
    Family(names: ["qwen3_vl_text"], base: 500_000, window: 128_000, head: .size(128), sections: [24, 20, 20]),
    Family(
      names: ["qwen4_exp_text"], window: 32_768, head: .size(256), share: .plain(),
      layers: .cycle("llli", "full_attention_interval")),
    Family(
      names: ["recurrent_gemma"], trainedLength: 8192, share: .plain(0.5), isPlainOnly: true,
      layers: LayerPattern(cycle: "lls", named: ["block_types": ["recurrent": "l", "attention": "s"]]),
      sliding: Sliding(keys: ["sliding_window", "attention_window_size"], size: 2048)),
    Family(
      names: ["sarvam_mla"], window: 4096, head: .size(64, "qk_rope_head_dim"),
      pairs: .flag(["rope_interleave"], isInterleaved: true), typeAliases: ["deepseek_yarn": "yarn"]),
    Family(names: ["sarvam_moe"], base: 8_000_000, window: 131_072, head: .size(64), share: .plain()),
    Family(names: ["seed_oss"], window: 524_288, head: .size(128)),
    Family(
      names: ["smollm3"], base: 2_000_000, window: 32_768, layers: LayerPattern(slidesWhereRotating: (false, "s")),
      sliding: Sliding(flag: "use_sliding_window"),
      unrotated: .flags("no_rope_layers", interval: 4, intervalKey: "no_rope_layer_interval")),
    Family(names: ["solar_open"], base: 1_000_000, window: 131_072, head: .size(128), share: .plain()),
    Family(names: ["stablelm"], window: 4096, share: Share(value: 0.25, isHonouredPlain: true, oddIsRefused: true)),
    Family(names: ["starcoder2"], window: 4096, sliding: Sliding()),
    Family(
      names: ["step3p5"], window: 128_000, head: .size(128), share: .plain(keys: []),
      tables: [
        Table(
          name: "full_attention", base: 10_000, baseKeys: ["rope_theta"], baseList: "rope_theta",
          shareList: "partial_rotary_factors", takes: ["rope_scaling"], dictionary: ["rope_type": "default"]),
        Table(
          name: "sliding_attention", base: 10_000, baseKeys: ["rope_theta"], baseList: "rope_theta",
          shareList: "partial_rotary_factors"),
      ],
      layers: .cycle("F"), sliding: Sliding()),
    Family(
      names: ["t5_gemma_module", "vaultgemma"], window: 8192, head: .size(256), layers: .cycle("sF"),
      sliding: Sliding(size: 4096)),
    Family(
      names: ["t5gemma2_decoder", "t5gemma2_text"], window: 131_072, head: .size(256),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000, baseKeys: ["rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_local_base_freq"]),
      ],
      layers: .cycle("sssssF", "sliding_window_pattern"), sliding: Sliding(size: 4096)),
    Family(names: ["timesfm2_5"], window: 16_384, head: .size(80)),
    Family(
      names: ["ultrabert"], window: 32_768,
      tables: [
        Table(name: "full_attention", base: 2_560_000, baseList: "rope_theta"),
        Table(name: "sliding_attention", base: 10_000, baseList: "rope_theta"),
      ],
      nestedBase: 10_000, layers: LayerPattern(cycle: "ssF", windowListKey: "attention_windows"),
      sliding: Sliding(size: 128)),
    Family(
      names: ["unlimited_ocr_text"], window: 32_768, head: .derived,
      layers: LayerPattern(cycle: "R", withoutWindow: "F"), sliding: Sliding(size: 128)),
    Family(names: ["voxtral_realtime_encoder"], window: 1500, head: .size(64), sliding: Sliding(size: 750)),
    Family(names: ["voxtral_realtime_text"], window: 131_072, sliding: Sliding(size: 4096)),
    Family(names: ["xcodec2"], window: 4096, head: .size(64)),
    Family(
      names: ["youtu"], window: 131_072, head: .size(64, "head_dim", "qk_rope_head_dim"),
      pairs: .flag(["rope_interleave"], isInterleaved: true)),
    Family(
      names: ["zamba2"], window: 4096, head: Head(keys: ["attention_head_dim", "head_dim"], hiddenFactor: 2),
      layers: .cycle("llllllhlllllhlllllhlllllhlllllhlllllhlllllhllllhlllhll"),
      condition: Condition(key: "use_mem_rope", allowed: [true], absent: false),
      lengthening: Lengthening(flag: "use_long_context", window: 16_384, factor: 8)),
    Family(
      names: ["zaya"], window: 131_072, head: .size(128), share: .plain(keys: []),
      tables: [
        Table(name: "hybrid", base: 5_000_000, dictionary: ["partial_rotary_factor": 0.5]),
        Table(name: "hybrid_sliding", base: 10_000, dictionary: ["partial_rotary_factor": 0.5]),
      ],
      layers: .cycle("h"), sliding: Sliding()),
  ]
}
