extension Family {
  /// transformers 5.24.0, `models/*/configuration_*.py` and the rotary classes of `modeling_*.py`: A to D.
  static let rowsAtoD: [Family] = [
    Family(
      names: ["afmoe"], window: 16_384, head: .size(128), layers: .cycle("sssF", "global_attn_every_n_layers"),
      sliding: Sliding(size: 1024), unrotated: .types(["full_attention"])),
    Family(
      names: ["apertus", "apertus1p5_text"], base: 12_000_000, window: 65_536,
      dictionary: [
        "rope_type": "llama3", "rope_theta": 12_000_000.0, "factor": 8.0, "original_max_position_embeddings": 8192,
        "low_freq_factor": 1.0, "high_freq_factor": 4.0,
      ]),
    Family(names: ["arcee", "chameleon"], window: 4096),
    Family(names: ["aria_text", "dbrx", "diffllama"], window: 2048),
    Family(
      names: ["axk1"], window: 32_768, head: .size(64, "head_dim", "qk_rope_head_dim"),
      pairs: .flag(["rope_interleave"], isInterleaved: true)),
    Family(names: ["axk2"], window: 131_072, head: .size(32, "qk_rope_head_dim"), pairs: .interleaved),
    Family(
      names: ["bailing_hybrid"], base: 6_000_000, window: 262_144, head: .size(64, "qk_rope_head_dim"),
      pairs: .interleaved, layers: .cycle("lllllF", "layer_group_size")),
    Family(
      names: ["bamba"], window: 262_144, share: .plain(0.5, keys: []),
      layers: LayerPattern(cycle: "l", indexed: ["attn_layer_indices": ("F", "l")])),
    Family(
      names: ["beam"], window: 8192, head: .size(128),
      tables: [
        Table(name: "sliding_attention", base: 10_000),
        Table(name: "full_attention", base: 10_000, isUnrotatedByDefault: true),
      ],
      nullTableIsUnrotated: true, layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 512)),
    Family(names: ["bitnet", "csm"], base: 500_000, window: 2048),
    Family(names: ["blt_global_transformer"], base: 500_000, window: 4096, pairs: .interleaved),
    Family(names: ["blt_local_decoder"], base: 500_000, window: 24_576, pairs: .interleaved),
    Family(names: ["blt_local_encoder"], base: 500_000, window: 24_576, pairs: .interleaved, sliding: Sliding()),
    Family(names: ["blt_patcher"], window: 8192, pairs: .interleaved, sliding: Sliding(size: 512)),
    Family(
      names: ["codegen"], baseKeys: [], window: 2048, share: .plain(keys: [], sizeKeys: ["rotary_dim"], size: 64),
      pairs: .interleaved, isPlainOnly: true),
    Family(names: ["cohere"], base: 500_000, window: 8192, pairs: .interleaved),
    Family(
      names: ["cohere2"], window: 8192, pairs: .interleaved, layers: .cycle("sssF", "sliding_window_pattern"),
      sliding: Sliding(size: 4096), unrotated: .types(["full_attention"])),
    Family(
      names: ["cohere2_moe"], window: 8192, head: .size(128), pairs: .interleaved, takes: ["rope_parameters"],
      layers: LayerPattern(
        cycle: "sssF", periodKeys: ["sliding_window_pattern"],
        leading: ("first_k_dense_replace", "prefix_dense_sliding_window_pattern")),
      sliding: Sliding(size: 4096),
      unrotated: .typesExceptLeading(
        ["full_attention"], count: "first_k_dense_replace", whileKey: "prefix_dense_sliding_window_pattern", is: 1)),
    Family(
      names: ["cohere_compass_text"], window: 8192,
      tables: [
        Table(name: "sliding_attention", baseKeys: ["rope_theta"]),
        Table(name: "full_attention", baseKeys: ["rope_theta"]),
      ],
      nullTableIsUnrotated: true, layers: .cycle("F"), sliding: Sliding(size: 4096)),
    Family(
      names: ["cosmos3_edge_text"], base: 100_000_000, window: 131_072, head: .size(128),
      dictionary: ["rope_type": "default", "rope_theta": 100_000_000.0], isPlainOnly: true),
    Family(names: ["csm_depth_decoder_model"], base: 500_000, window: 33),
    Family(
      names: ["cwm"], base: 1_000_000, window: 131_072, head: .size(128),
      dictionary: [
        "rope_type": "llama3", "rope_theta": 1_000_000.0, "factor": 16.0, "high_freq_factor": 4.0,
        "low_freq_factor": 1.0, "original_max_position_embeddings": 8192,
      ],
      layers: .cycle("Fsss"), sliding: Sliding(size: 8192)),
    Family(
      names: ["deepseek_ocr2_encoder"], window: 32_768, layers: LayerPattern(slidesFrom: (28, "max_window_layers")),
      sliding: Sliding()),
    Family(names: ["deepseek_ocr2_text"], window: 2048, head: .derived),
    Family(names: ["deepseek_v2"], window: 2048, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved),
    Family(
      names: ["deepseek_v3"], window: 4096, head: .size(64, "head_dim", "qk_rope_head_dim"),
      pairs: .flag(["rope_interleave"], isInterleaved: true)),
    Family(names: ["deepseek_v32"], window: 163_840, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved),
    Family(
      names: ["deepseek_v4"], window: 1_048_576, head: .size(512),
      share: .plain(sizeKeys: ["qk_rope_head_dim"], size: 64), pairs: .interleaved,
      tables: [
        Table(name: "main", base: 10_000, baseKeys: ["rope_theta"]),
        Table(
          name: "compress", base: 160_000, baseKeys: ["compress_rope_theta"],
          takes: ["rope_scaling", "rope_parameters"], baseKeyWins: true, yarnAttentionFactor: 1),
      ],
      tableOfLayer: [
        "sliding_attention": "main", "compressed_sparse_attention": "compress",
        "heavily_compressed_attention": "compress",
      ],
      nestedBase: 10_000,
      layers: LayerPattern(cycle: "HC", first: "HH", numbered: ["compress_ratios": [0: "s", 4: "C", 128: "H"]]),
      sliding: Sliding(size: 128)),
    Family(names: ["dia_decoder"], window: 3072, head: .size(128)),
    Family(names: ["dia_encoder"], window: 1024, head: .size(128)),
    Family(
      names: ["diffusion_gemma_text"], window: 131_072, head: .size(256), share: .plain(),
      tables: [
        Table(
          name: "full_attention", base: 1_000_000,
          dictionary: ["rope_type": "proportional", "partial_rotary_factor": 0.25],
          head: .size(512, "global_head_dim")),
        Table(name: "sliding_attention", base: 10_000),
      ],
      layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 512)),
    Family(names: ["doge"], window: 2048, sliding: Sliding()),
    Family(
      names: ["dory"], window: 8192, head: .size(256),
      tables: [Table(name: "full_attention", base: 10_000_000), Table(name: "sliding_attention", base: 10_000)],
      nestedBase: 10_000, layers: LayerPattern(cycle: "sssF", notLayer: "mlp"), sliding: Sliding(size: 1024)),
    Family(
      names: ["dots1"], window: 2048, layers: LayerPattern(slidesFrom: (62, "max_window_layers")),
      sliding: Sliding(size: 4096)),
    Family(names: ["dots3_note_audio_encoder"], window: 6000, head: .derived, share: .plain(0.5), pairs: .interleaved),
    Family(
      names: ["dots3_note_text"], window: 524_288, head: .size(256),
      share: Share(keys: [], isHonouredPlain: true, sizeIsForced: true), pairs: .interleaved,
      tables: [
        Table(
          name: "indexed_attention", base: 80_000_000, baseKeys: ["rope_theta"],
          takes: ["rope_parameters", "rope_scaling"], head: .size(256), sizeKeys: ["qk_rope_head_dim"], size: 64),
        Table(
          name: "sliding_attention", base: 50_000, baseKeys: ["swa_rope_theta"],
          takes: ["rope_parameters", "rope_scaling"], head: .size(256, "swa_head_dim", "head_dim"),
          sizeKeys: ["swa_qk_rope_head_dim", "qk_rope_head_dim"], size: 64),
      ],
      nestedBase: 80_000_000, layers: .cycle("siss", first: "ii"),
      sliding: Sliding(keys: ["sliding_window", "sliding_window_size"], size: 512)),
  ]
}
