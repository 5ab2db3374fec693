extension Family {
  /// transformers 5.24.0, `models/*/configuration_*.py` and the rotary classes of `modeling_*.py`: M to P.
  static let rowsMtoP: [Family] = [
    Family(
      names: ["mellum"], window: 131_072, head: .size(128), share: .plain(keys: []),
      tables: [Table(name: "full_attention", base: 500_000), Table(name: "sliding_attention", base: 10_000)],
      layers: .cycle("F"), sliding: Sliding(size: 1024)),
    Family(
      names: [
        "mimi", "mimi_decoder", "mimi_encoder", "pocket_tts_audio_tokenizer", "pocket_tts_audio_tokenizer_decoder",
        "pocket_tts_audio_tokenizer_encoder",
      ],
      window: 8000, sliding: Sliding(size: 250)),
    Family(
      names: ["mimo_v2_flash"], window: 131_072, head: .size(192), share: .plain(keys: []),
      tables: [
        Table(name: "full_attention", base: 5_000_000, plainShare: 0.334),
        Table(name: "sliding_attention", base: 10_000, plainShare: 0.334),
      ],
      layers: LayerPattern(cycle: "sssssF", first: "F", numbered: ["hybrid_layer_pattern": [0: "F", 1: "s"]]),
      sliding: Sliding(size: 129, plusOneKeys: ["sliding_window_size"])),
    Family(names: ["minicpm3"], window: 32_768, head: .size(32, "qk_rope_head_dim")),
    Family(names: ["minimax"], base: 1_000_000, window: 131_072, layers: .cycle("Fl"), sliding: Sliding()),
    Family(
      names: ["minimax_m2"], base: 5_000_000, window: 196_608, head: .size(128),
      share: .plain(sizeKeys: ["rotary_dim"])),
    Family(names: ["minimax_m3_vl_text"], base: 5_000_000, window: 524_288, head: .size(128), share: .plain()),
    Family(
      names: ["ministral"], window: 131_072, layers: LayerPattern(cycle: "s", withoutWindow: "F"),
      sliding: Sliding(size: 4096)),
    Family(
      names: ["ministral3"], window: 262_144, head: .size(128),
      dictionary: [
        "rope_type": "yarn", "beta_fast": 32.0, "beta_slow": 1.0, "mscale_all_dim": 1.0, "mscale": 1.0,
        "llama_4_scaling_beta": 0.1, "rope_theta": 1_000_000.0, "factor": 16.0,
        "original_max_position_embeddings": 16_384,
      ],
      sliding: Sliding()),
    Family(names: ["mistral"], window: 131_072, sliding: Sliding(size: 4096)),
    Family(
      names: ["mistral4"], window: 1_048_576, head: Head(sum: [("qk_nope_head_dim", 64), ("qk_rope_head_dim", 64)]),
      share: Share(sizeKeys: ["qk_rope_head_dim"], size: 64, sizeFillsParameters: true),
      pairs: .flag(["rope_interleave"], isInterleaved: true),
      dictionary: [
        "rope_type": "yarn", "beta_fast": 32.0, "beta_slow": 1.0, "mscale_all_dim": 1.0, "mscale": 1.0,
        "llama_4_scaling_beta": 0.1, "rope_theta": 10_000.0, "factor": 128.0, "original_max_position_embeddings": 8192,
      ]),
    Family(
      names: ["mistral_large4_text"], window: 1_048_576, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved,
      dictionary: [
        "rope_type": "yarn", "rope_theta": 10_000.0, "factor": 2048.0, "original_max_position_embeddings": 512,
        "beta_fast": 32.0, "beta_slow": 1.0, "attention_factor": 1.0,
      ],
      unrotated: .flags("no_rope_layers", interval: 4, intervalKey: "no_rope_layer_interval")),
    Family(names: ["mixtral", "phimoe"], base: 1_000_000, window: 131_072, sliding: Sliding()),
    Family(names: ["mllama_text_model"], base: 500_000, window: 131_072),
    Family(
      names: ["modernbert"], window: 8192,
      tables: [
        Table(
          name: "full_attention", base: 160_000, baseKeys: ["global_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(
          name: "sliding_attention", base: 10_000, baseKeys: ["local_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
      ],
      layers: .cycle("Fss", "global_attn_every_n_layers"),
      sliding: Sliding(keys: ["local_attention"], size: 128, isHalved: true, plus: 1)),
    Family(
      names: ["modernbert-decoder"], window: 8192,
      tables: [
        Table(
          name: "full_attention", base: 160_000, baseKeys: ["global_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(
          name: "sliding_attention", base: 10_000, baseKeys: ["local_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
      ],
      layers: .cycle("Fss", "global_attn_every_n_layers"),
      sliding: Sliding(keys: ["local_attention"], size: 128, isHalved: true)),
    Family(names: ["molmo2_text"], window: 36_864, head: .size(128), scaledLayersKey: "rope_scaling_layers"),
    Family(names: ["moonshine"], window: 512, share: .plain(0.9), pairs: .interleaved),
    Family(
      names: ["moonshine_streaming"], window: 4096, share: .plain(), pairs: .interleaved,
      dictionary: ["rope_type": "default", "rope_theta": 10_000.0, "partial_rotary_factor": 0.8]),
    Family(names: ["moshi"], window: 3000, sliding: Sliding(size: 3000)),
    Family(
      names: ["muse_glimmer_assistant"], base: 500_000, window: 131_072, head: .size(128), layers: .cycle("s"),
      sliding: Sliding(size: 2048)),
    Family(
      names: ["muse_glimmer_text"], window: 131_072, head: .size(128),
      layers: LayerPattern(cycle: "sssF", isFromEnd: true), sliding: Sliding(size: 2048),
      unrotated: .bases("layer_rope_theta", interval: 4)),
    Family(
      names: ["muse_spark_text"], window: 1_048_576, head: .size(64),
      dictionary: ["rope_type": "default", "rope_theta": 500_000.0],
      layers: LayerPattern(cycle: "sssF", isFromEnd: true), sliding: Sliding(size: 2048),
      unrotated: .bases("layer_rope_theta", interval: 4)),
    Family(names: ["nanochat", "olmo", "olmo2"], window: 2048),
    Family(names: ["nemotron"], window: 4096, share: .plain(0.5)),
    Family(
      names: ["nemotron3_5_transcribe_asr_audio", "nemotron3_5_transcribe_word_timestamp"], window: 5000,
      share: .plain(), dictionary: ["rope_type": "default", "rope_theta": 10_000.0, "partial_rotary_factor": 0.5]),
    Family(names: ["nemotron3_diarization_audio"], window: 5000, share: .plain()),
    Family(
      names: ["neomme"], window: 16_384, head: .size(64), share: .plain(keys: []),
      tables: [
        Table(name: "full_attention", base: 1_000_000, baseKeys: ["rope_theta"], share: 0.25),
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_theta"]),
      ],
      layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 256, plus: 1, everySecond: 1024)),
    Family(names: ["neucodec"], window: 4096, head: .size(64)),
    Family(names: ["nomic_bert"], base: 1000, window: 2048),
    Family(
      names: ["olmo3"], window: 2048,
      tables: [
        Table(
          name: "full_attention", base: 500_000, baseKeys: ["rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(name: "sliding_attention", base: 500_000),
      ],
      layers: .cycle("sssF"), sliding: Sliding(size: 4096)),
    Family(names: ["olmo_hybrid"], window: 65_536, nullBaseIsUnrotated: true, layers: .cycle("lllF")),
    Family(names: ["olmoe"], window: 4096),
    Family(
      names: ["openai_privacy_filter"], base: 150_000, window: 131_072, head: .size(64), pairs: .interleaved,
      dictionary: [
        "rope_type": "yarn", "factor": 32.0, "beta_fast": 32.0, "beta_slow": 1.0, "truncate": false,
        "original_max_position_embeddings": 4096,
      ],
      sliding: Sliding(size: 128, plus: 1)),
    Family(names: ["paddleocr_vl_text"], base: 500_000, window: 131_072, head: .size(128), sliding: Sliding()),
    Family(
      names: ["pe_audio_encoder", "pe_audio_video_encoder", "pe_video_encoder"], base: 20_000, window: 10_000,
      head: .size(128), pairs: .interleaved),
    Family(names: ["persimmon"], window: 16_384, share: Share(value: 0.5, isHonouredPlain: true, oddIsRefused: true)),
    Family(names: ["phi"], window: 2048, share: Share(value: 0.5, isHonouredPlain: true, oddIsRefused: true)),
    Family(
      names: ["phi3"], window: 4096, share: .plain(), typeAliases: ["su": "longrope", "yarn": "longrope"],
      originalLength: 4096, sliding: Sliding()),
    Family(
      names: ["phi4_multimodal"], window: 131_072, share: .plain(),
      typeAliases: ["su": "longrope", "yarn": "longrope"], originalLength: 4096, sliding: Sliding()),
    Family(names: ["pocket_tts"], window: 8192),
  ]
}
