extension Family {
  /// transformers 5.24.0, `models/*/configuration_*.py` and the rotary classes of `modeling_*.py`: E to L.
  static let rowsEtoL: [Family] = [
    Family(
      names: ["embedding_gemma2_text"], window: 262_144, head: .size(256),
      tables: [
        Table(name: "full_attention", base: 1_000_000, head: .size(512, "global_head_dim")),
        Table(name: "sliding_attention", base: 10_000),
      ],
      layers: .cycle("sssssF", "sliding_window_pattern", last: "F"), sliding: Sliding(size: 512)),
    Family(names: ["emu3_text_model"], base: 1_000_000, window: 9216),
    Family(names: ["ernie4_5"], base: 500_000, window: 131_072, head: .size(128), pairs: .interleaved),
    Family(names: ["ernie4_5_moe"], base: 500_000, window: 131_072, pairs: .interleaved),
    Family(names: ["ernie4_5_vl_moe_text"], base: 500_000, window: 131_072, pairs: .interleaved, isPlainOnly: true),
    Family(
      names: ["esm"], window: 1026, isPlainOnly: true,
      condition: Condition(key: "position_embedding_type", allowed: ["rotary"], absent: "absolute")),
    Family(
      names: [
        "esmc", "granite", "granitemoe", "granitemoeshared", "hyperclovax", "idefics", "llama", "granite4_vision_text",
      ],
      window: 2048),
    Family(names: ["eurobert", "gradium_phonon_tts", "jais2"], window: 8192),
    Family(names: ["evolla"], base: 500_000, window: 8192),
    Family(names: ["exaone", "flex_olmo"], base: 500_000, window: 4096),
    Family(
      names: ["exaone4", "exaone_moe"], window: 2048, layers: .cycle("sssF", "sliding_window_pattern"),
      sliding: Sliding(size: 4096), unrotated: .types(["full_attention"], needsWindow: true)),
    Family(
      names: ["falcon"], window: 2048, head: .derived,
      condition: Condition(key: "alibi", allowed: [false], absent: false)),
    Family(names: ["falcon_h1"], window: 8192, layers: .cycle("h")),
    Family(
      names: ["flint"], window: 262_144, head: .size(128), layers: .cycle("sFss", first: "F", last: "F"),
      sliding: Sliding(size: 513), unrotated: .types(["full_attention"])),
    Family(names: ["gemma"], window: 8192, head: .size(256)),
    Family(names: ["gemma2"], window: 8192, head: .size(256), layers: .cycle("sF"), sliding: Sliding(size: 4096)),
    Family(
      names: ["gemma3_text"], window: 131_072, head: .size(256),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000, baseKeys: ["rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_local_base_freq"]),
      ],
      layers: .cycle("sssssF", "sliding_window_pattern"), sliding: Sliding(size: 4096)),
    Family(
      names: ["gemma3n_text"], window: 32_768, head: .size(256),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000, baseKeys: ["rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_local_base_freq"]),
      ],
      layers: .cycle("ssssF"), sliding: Sliding(size: 512)),
    Family(
      names: ["gemma4_text"], window: 131_072, head: .size(256),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000,
          dictionary: ["rope_type": "proportional", "partial_rotary_factor": 0.25],
          head: .size(512, "global_head_dim")),
        Table(name: "sliding_attention", base: 10_000),
      ],
      layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 512)),
    Family(
      names: ["gemma4_unified_text"], window: 262_144, head: .size(256),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000,
          dictionary: ["rope_type": "proportional", "partial_rotary_factor": 0.25],
          head: .size(512, "global_head_dim")),
        Table(name: "sliding_attention", base: 10_000),
      ],
      layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 1024)),
    Family(names: ["glm", "glm4"], window: 131_072, head: .size(128), share: .plain(0.5), pairs: .interleaved),
    Family(names: ["glm4_moe"], window: 131_072, share: .plain(0.5)),
    Family(
      names: ["glm4_moe_lite"], window: 202_752, head: .size(64, "qk_rope_head_dim", "head_dim"), share: .plain(),
      pairs: .flag(["rope_interleave"], isInterleaved: true)),
    Family(names: ["glm4v_moe_text"], window: 65_536, share: .plain(0.5), sections: [8, 12, 12]),
    Family(
      names: ["glm4v_text"], window: 32_768, share: .plain(), pairs: .interleaved, sections: [8, 12, 12]),
    Family(names: ["glm_image_text"], window: 131_072, share: .plain()),
    Family(names: ["glm_moe_dsa"], window: 202_752, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved),
    Family(names: ["glm_ocr_text"], window: 131_072, share: .plain(), pairs: .interleaved),
    Family(names: ["glmasr_encoder"], window: 1500, share: .plain(0.5)),
    Family(names: ["gpt_neox"], baseKeys: ["rotary_emb_base"], window: 2048, share: .plain(0.25, keys: ["rotary_pct"])),
    Family(
      names: ["gpt_neox_japanese"], baseKeys: ["rotary_emb_base"], window: 2048,
      share: Share(keys: ["rotary_pct"], isHonouredPlain: true, oddIsRefused: true)),
    Family(
      names: ["gpt_oss"], base: 150_000, window: 131_072, head: .size(64),
      dictionary: [
        "rope_type": "yarn", "factor": 32.0, "beta_fast": 32.0, "beta_slow": 1.0, "truncate": false,
        "original_max_position_embeddings": 4096,
      ],
      layers: .cycle("sF"), sliding: Sliding(size: 128)),
    Family(
      names: ["gptj"], baseKeys: [], window: 2048, share: .plain(keys: [], sizeKeys: ["rotary_dim"], size: 64),
      pairs: .interleaved, isPlainOnly: true),
    Family(names: ["granite_docling_text"], window: 32_768),
    Family(
      names: ["granite_swa"], window: 8192, layers: .cycle("Fsss"), sliding: Sliding(size: 128),
      unrotated: .bases("layer_rope_theta", interval: nil)),
    Family(
      names: ["granitemoe_swa"], window: 2048, layers: .cycle("Fsss"), sliding: Sliding(size: 128),
      unrotated: .bases("layer_rope_theta", interval: nil)),
    Family(
      names: ["granitemoehybrid"], window: 2048, layers: .cycle("l"),
      condition: Condition(key: "position_embedding_type", allowed: ["rope"])),
    Family(names: ["gte"], base: 160_000, window: 8192),
    Family(names: ["helium"], base: 100_000, window: 4096, head: .size(128), pairs: .interleaved),
    Family(
      names: ["higgs_audio_v2"], window: 2048, head: .size(128),
      dictionary: [
        "rope_type": "llama3", "rope_theta": 500_000.0, "factor": 32.0, "high_freq_factor": 0.5,
        "low_freq_factor": 0.125, "original_max_position_embeddings": 1024,
      ]),
    Family(names: ["hrm_text"], window: 2048, head: .size(128)),
    Family(names: ["hunyuan_v1_dense", "hunyuan_v1_moe"], window: 2048, hasStaticNTK: true),
    Family(
      names: ["hunyuan_vl_text"], window: 2048, head: Head(keys: ["head_dim", "attention_head_dim"]),
      typeAliases: ["xdrope": "dynamic"], hasStaticNTK: true),
    Family(names: ["hy_v3"], base: 11_158_840, window: 131_072, head: .size(128)),
    Family(names: ["hy_v4"], window: 262_144, head: .size(64, "qk_rope_head_dim")),
    Family(names: ["hy_v4_vl_text"], window: 262_144, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved),
    Family(names: ["internlm3"], window: 32_768, head: .size(128)),
    Family(names: ["iquestcoder"], window: 131_072, head: .size(128)),
    Family(names: ["jetmoe"], window: 4096, head: .size(128, "kv_channels", "head_dim")),
    Family(names: ["jina_embeddings_v3"], base: 20_000, window: 8194),
    Family(
      names: ["kolibri1"], window: 262_144, head: .size(128), layers: .cycle("ssssF"), sliding: Sliding(size: 513),
      unrotated: .types(["full_attention"], needsWindow: true)),
    Family(names: ["kyutai_speech_to_text"], window: 750, sliding: Sliding(size: 375)),
    Family(
      names: ["laguna"], window: 131_072, head: .size(128), share: .plain(keys: []),
      tables: [
        Table(name: "full_attention", base: 500_000, dictionary: ["partial_rotary_factor": 0.5]),
        Table(name: "sliding_attention", base: 10_000),
      ],
      layers: .cycle("F"), sliding: Sliding(size: 512)),
    Family(
      names: ["lara_mini"], window: 131_072, head: .size(128), layers: .cycle("lslFs"), sliding: Sliding(size: 512),
      unrotated: .types(["full_attention"])),
    Family(names: ["lasr_encoder"], window: 10_000),
    Family(
      names: ["lfm2"], base: 1_000_000, window: 128_000,
      layers: LayerPattern(cycle: "F", indexed: ["full_attn_idxs": ("F", "v")])),
    Family(names: ["lfm2_moe"], base: 1_000_000, window: 128_000, layers: .cycle("F")),
    Family(
      names: ["lfm3"], window: 128_000, head: .size(128),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000,
          dictionary: ["rope_type": "proportional", "partial_rotary_factor": 0.5]),
        Table(name: "sliding_attention", base: 10_000),
      ],
      nestedBase: 1_000_000, layers: .cycle("svFv", first: "v"), sliding: Sliding(size: 256)),
    Family(
      names: ["llama4_text"], base: 500_000, window: 131_072, head: .size(128), pairs: .interleaved,
      layers: LayerPattern(slidesWhereRotating: (true, "c")),
      sliding: Sliding(keys: ["attention_chunk_size"], size: 8192),
      unrotated: .flags("no_rope_layers", interval: 4, intervalKey: "no_rope_layer_interval")),
    Family(names: ["longcat_flash"], base: 10_000_000, window: 131_072, head: .size(64), pairs: .interleaved),
  ]
}
