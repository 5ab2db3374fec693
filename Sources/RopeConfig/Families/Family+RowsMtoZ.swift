extension Family {
  /// transformers 5.24.0, `models/*/configuration_*.py` and the rotary classes of `modeling_*.py`: M to Z.
  static let rowsMtoZ: [Family] = [
    Family(
      names: ["mellum"], window: 131_072, head: .size(128), share: .plain(keys: []),
      tables: [Table(name: "full_attention", base: 500_000), Table(name: "sliding_attention", base: 10_000)],
      layers: .cycle("F"), sliding: Sliding(size: 1024)),
    Family(
      names: [
        "mimi", "mimi_decoder", "mimi_encoder", "pocket_tts_audio_tokenizer", "pocket_tts_audio_tokenizer_decoder",
        "pocket_tts_audio_tokenizer_encoder"],
      window: 8000, sliding: Sliding(size: 250)),
    Family(
      names: ["mimo_v2_flash"], window: 131_072, head: .size(192), share: .plain(keys: []),
      tables: [
        Table(name: "full_attention", base: 5_000_000, plainShare: 0.334),
        Table(name: "sliding_attention", base: 10_000, plainShare: 0.334)],
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
        "original_max_position_embeddings": 16_384],
      sliding: Sliding()),
    Family(names: ["mistral", "voxtral_realtime_text"], window: 131_072, sliding: Sliding(size: 4096)),
    Family(
      names: ["mistral4"], window: 1_048_576, head: Head(sum: [("qk_nope_head_dim", 64), ("qk_rope_head_dim", 64)]),
      share: Share(sizeKeys: ["qk_rope_head_dim"], size: 64, sizeFillsParameters: true),
      pairs: .flag(["rope_interleave"], isInterleaved: true),
      dictionary: [
        "rope_type": "yarn", "beta_fast": 32.0, "beta_slow": 1.0, "mscale_all_dim": 1.0, "mscale": 1.0,
        "llama_4_scaling_beta": 0.1, "rope_theta": 10_000.0, "factor": 128.0, "original_max_position_embeddings": 8192]),
    Family(
      names: ["mistral_large4_text"], window: 1_048_576, head: .size(64, "qk_rope_head_dim"), pairs: .interleaved,
      dictionary: [
        "rope_type": "yarn", "rope_theta": 10_000.0, "factor": 2048.0, "original_max_position_embeddings": 512,
        "beta_fast": 32.0, "beta_slow": 1.0, "attention_factor": 1.0],
      unrotated: .flags("no_rope_layers", interval: 4, intervalKey: "no_rope_layer_interval")),
    Family(names: ["mixtral"], base: 1_000_000, window: 131_072, sliding: Sliding()),
    Family(names: ["mllama_text_model"], base: 500_000, window: 131_072),
    Family(
      names: ["modernbert"], window: 8192,
      tables: [
        Table(
          name: "full_attention", base: 160_000, baseKeys: ["global_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(
          name: "sliding_attention", base: 10_000, baseKeys: ["local_rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"])],
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
          dictionary: ["rope_type": "default"])],
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
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_theta"])],
      layers: .cycle("sssssF", last: "F"), sliding: Sliding(size: 256, plus: 1, everySecond: 1024)),
    Family(names: ["neucodec", "xcodec2"], window: 4096, head: .size(64)),
    Family(names: ["nomic_bert"], base: 1000, window: 2048),
    Family(
      names: ["olmo3"], window: 2048,
      tables: [
        Table(
          name: "full_attention", base: 500_000, baseKeys: ["rope_theta"], takes: ["rope_scaling"],
          dictionary: ["rope_type": "default"]),
        Table(name: "sliding_attention", base: 500_000)],
      layers: .cycle("sssF"), sliding: Sliding(size: 4096)),
    Family(names: ["olmo_hybrid"], window: 65_536, nullBaseIsUnrotated: true, layers: .cycle("lllF")),
    Family(names: ["olmoe", "starcoder2"], window: 4096, sliding: Sliding()),
    Family(
      names: ["openai_privacy_filter"], base: 150_000, window: 131_072, head: .size(64), pairs: .interleaved,
      dictionary: [
        "rope_type": "yarn", "factor": 32.0, "beta_fast": 32.0, "beta_slow": 1.0, "truncate": false,
        "original_max_position_embeddings": 4096],
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
    Family(names: ["phimoe"], base: 1_000_000, window: 131_072, keepsShortFactors: true, sliding: Sliding()),
    Family(names: ["pocket_tts"], window: 8192),
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
    Family(names: ["qwen3_vl_moe_text"], base: 500_000, window: 128_000, sliding: Sliding()),
    Family(names: ["qwen3_vl_text"], base: 500_000, window: 128_000, head: .size(128)),
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
    Family(
      names: ["step3p5"], window: 128_000, head: .size(128), share: .plain(keys: []),
      tables: [
        Table(
          name: "full_attention", base: 10_000, baseKeys: ["rope_theta"], baseList: "rope_theta",
          shareList: "partial_rotary_factors", takes: ["rope_scaling"], dictionary: ["rope_type": "default"]),
        Table(
          name: "sliding_attention", base: 10_000, baseKeys: ["rope_theta"], baseList: "rope_theta",
          shareList: "partial_rotary_factors")],
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
        Table(name: "sliding_attention", base: 10_000, baseKeys: ["rope_local_base_freq"])],
      layers: .cycle("sssssF", "sliding_window_pattern"), sliding: Sliding(size: 4096)),
    Family(names: ["timesfm2_5"], window: 16_384, head: .size(80)),
    Family(
      names: ["ultrabert"], window: 32_768,
      tables: [
        Table(name: "full_attention", base: 2_560_000, baseList: "rope_theta"),
        Table(name: "sliding_attention", base: 10_000, baseList: "rope_theta")],
      nestedBase: 10_000, layers: LayerPattern(cycle: "ssF", windowListKey: "attention_windows"),
      sliding: Sliding(size: 128)),
    Family(
      names: ["unlimited_ocr_text"], window: 32_768, head: .derived,
      layers: LayerPattern(cycle: "R", withoutWindow: "F"), sliding: Sliding(size: 128)),
    Family(names: ["voxtral_realtime_encoder"], window: 1500, head: .size(64), sliding: Sliding(size: 750)),
    Family(
      names: ["youtu"], window: 131_072, head: .size(64, "head_dim", "qk_rope_head_dim"),
      pairs: .flag(["rope_interleave"], isInterleaved: true)),
    Family(
      names: ["zamba2"], window: 4096, head: Head(keys: ["attention_head_dim", "head_dim"], hiddenFactor: 2),
      layers: .cycle("llllllhlllllhlllllhlllllhlllllhlllllhlllllhllllhlllhll"),
      condition: Condition(key: "use_mem_rope", allowed: [true], absent: false)),
    Family(
      names: ["zaya"], window: 131_072, head: .size(128), share: .plain(keys: []),
      tables: [
        Table(name: "hybrid", base: 5_000_000, dictionary: ["partial_rotary_factor": 0.5]),
        Table(name: "hybrid_sliding", base: 10_000, dictionary: ["partial_rotary_factor": 0.5])],
      layers: .cycle("h"), sliding: Sliding()),
  ]
}
