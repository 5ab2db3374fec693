extension FamilySection {
  /// transformers 5.24.0, `sub_configs_defaults` of the composite classes.
  static let rows: [FamilySection] = [
    FamilySection(names: ["apertus1p5"], type: "apertus1p5_text", isFixed: true),
    FamilySection(names: ["aria"], type: "aria_text", isFixed: true),
    FamilySection(
      names: [
        "audioflamingo3", "internvl", "llava_onevision", "musicflamingo", "ovis2", "qwen2_audio", "vibevoice",
        "vibevoice_asr", "video_llama_3",
      ],
      type: "qwen2"),
    FamilySection(names: ["aya_vision", "cohere2_vision"], type: "cohere2"),
    FamilySection(names: ["blip-2"], type: "opt"),
    FamilySection(names: ["blt"], path: ["global_config"], type: "blt_global_transformer", isFixed: true),
    FamilySection(names: ["cohere_compass"], type: "cohere_compass_text", isFixed: true),
    FamilySection(names: ["colmodernvbert"], path: ["vlm_config"], type: "modernvbert"),
    FamilySection(names: ["colpali"], path: ["vlm_config"], type: "paligemma"),
    FamilySection(names: ["colqwen2"], path: ["vlm_config"], type: "qwen2_vl"),
    FamilySection(names: ["cosmos3_edge"], type: "cosmos3_edge_text", isFixed: true),
    FamilySection(names: ["cosmos3_omni"], type: "qwen3_vl_text"),
    FamilySection(names: ["deepseek_ocr2"], type: "deepseek_ocr2_text", isFixed: true),
    FamilySection(
      names: [
        "deepseek_vl", "deepseek_vl_hybrid", "idefics3", "janus", "llava", "llava_next", "llava_next_video",
        "perception_lm", "smolvlm", "video_llava", "vipllava",
      ],
      type: "llama"),
    FamilySection(names: ["dia"], path: ["decoder_config"], type: "dia_decoder", isFixed: true),
    FamilySection(names: ["diffusion_gemma"], type: "diffusion_gemma_text", isFixed: true),
    FamilySection(names: ["dots3_note"], type: "dots3_note_text", isFixed: true),
    FamilySection(names: ["embedding_gemma2"], type: "embedding_gemma2_text", isFixed: true),
    FamilySection(names: ["emu3"], type: "emu3_text_model", isFixed: true),
    FamilySection(names: ["ernie4_5_vl_moe"], type: "ernie4_5_vl_moe_text", isFixed: true),
    FamilySection(names: ["esmfold2"], path: ["esmc_config"], type: "esmc"),
    FamilySection(names: ["exaone4_5"], type: "exaone4"),
    FamilySection(
      names: ["fast_vlm"], type: "qwen2",
      defaults: ["hidden_size": 3584, "num_attention_heads": 28, "num_key_value_heads": 4, "num_hidden_layers": 28]),
    FamilySection(
      names: ["fun_asr_nano"], type: "qwen3",
      defaults: [
        "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
        "max_position_embeddings": 40_960,
      ]),
    FamilySection(
      names: ["fuyu"], type: "persimmon",
      defaults: [
        "max_position_embeddings": 16_384, "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 64,
        "partial_rotary_factor": 0.5,
      ],
      isFlat: true),
    FamilySection(names: ["gemma3"], type: "gemma3_text", isFixed: true),
    FamilySection(names: ["gemma3n"], type: "gemma3n_text", isFixed: true),
    FamilySection(names: ["gemma4"], type: "gemma4_text", isFixed: true),
    FamilySection(names: ["gemma4_assistant"], type: "gemma4_text"),
    FamilySection(names: ["gemma4_unified"], type: "gemma4_unified_text", isFixed: true),
    FamilySection(names: ["gemma4_unified_assistant"], type: "gemma4_unified_text"),
    FamilySection(names: ["glm46v", "glmga"], type: "glm4v_text"),
    FamilySection(names: ["glm4v"], type: "glm4v_text", isFixed: true),
    FamilySection(names: ["glm4v_moe"], type: "glm4v_moe_text", isFixed: true),
    FamilySection(names: ["glm5_next"], type: "glm5_next_text", isFixed: true),
    FamilySection(names: ["glm_image"], type: "glm_image_text", isFixed: true),
    FamilySection(names: ["glm_ocr"], type: "glm_ocr_text", isFixed: true),
    FamilySection(
      names: ["glmasr"], type: "llama",
      defaults: [
        "hidden_size": 2048, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 4,
        "max_position_embeddings": 8192,
      ],
      dictionary: ["rope_theta": 10_000.0, "rope_type": "default"], fillsKeys: true),
    FamilySection(
      names: ["got_ocr2", "pp_chart2table"], type: "qwen2",
      defaults: [
        "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "num_key_value_heads": 16,
        "max_position_embeddings": 32_768, "rope_theta": 1_000_000.0, "sliding_window": 4096,
      ]),
    FamilySection(names: ["granite4_vision"], type: "granite4_vision_text", isFixed: true),
    FamilySection(names: ["granite_docling"], type: "granite_docling_text", isFixed: true),
    FamilySection(names: ["granite_speech", "granite_speech_plus"], type: "granite"),
    FamilySection(names: ["hunyuan_vl"], type: "hunyuan_vl_text", isFixed: true, isFlat: true),
    FamilySection(names: ["hy_v4_vl"], type: "hy_v4_vl_text", isFixed: true),
    FamilySection(names: ["hyperclovax_vision_v2"], type: "hyperclovax"),
    FamilySection(names: ["idefics2"], type: "mistral", defaults: ["max_position_embeddings": 32_768]),
    FamilySection(names: ["inkling2"], type: "inkling2_text", isFixed: true),
    FamilySection(names: ["inkling2_loop"], type: "inkling2_loop_text", isFixed: true),
    FamilySection(names: ["inkling_mm_model"], type: "inkling_text", isFixed: true),
    FamilySection(names: ["jev", "minicpm_ocr", "minicpmv4_6", "minicpmv4_7"], type: "qwen3_5_text"),
    FamilySection(names: ["kimi_k25"], type: "deepseek_v3"),
    FamilySection(names: ["lasr_ctc"], path: ["encoder_config"], type: "lasr_encoder", isFixed: true),
    FamilySection(names: ["lfm2_vl"], type: "lfm2"),
    FamilySection(names: ["lfm3_vl"], type: "lfm3"),
    FamilySection(
      names: ["lighton_ocr"], type: "qwen3",
      defaults: [
        "head_dim": 128, "hidden_size": 1024, "max_position_embeddings": 40_960, "num_attention_heads": 16,
        "num_hidden_layers": 28, "num_key_value_heads": 8, "rope_theta": 1_000_000,
      ]),
    FamilySection(names: ["llama4"], type: "llama4_text", isFixed: true),
    FamilySection(names: ["minimax_m3_vl"], type: "minimax_m3_vl_text", isFixed: true),
    FamilySection(
      names: ["mistral3"], type: "mistral",
      defaults: [
        "head_dim": 128, "hidden_size": 5120, "max_position_embeddings": 131_072, "num_attention_heads": 32,
        "num_hidden_layers": 40, "num_key_value_heads": 8, "rope_theta": 1_000_000_000.0,
      ]),
    FamilySection(names: ["mistral_large4"], type: "mistral_large4_text", isFixed: true),
    FamilySection(names: ["mllama"], type: "mllama_text_model", isFixed: true),
    FamilySection(names: ["modernvbert"], type: "modernbert"),
    FamilySection(names: ["molmo2"], type: "molmo2_text", isFixed: true),
    FamilySection(
      names: ["moss_transcribe_diarize"], type: "qwen3",
      defaults: [
        "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
        "max_position_embeddings": 131_072,
      ],
      dictionary: ["rope_theta": 1_000_000.0, "rope_type": "default"]),
    FamilySection(names: ["muse_glimmer"], type: "muse_glimmer_text", isFixed: true),
    FamilySection(names: ["muse_spark"], type: "muse_spark_text", isFixed: true),
    FamilySection(
      names: ["nemo_speechlm"], type: "nemotron_h",
      defaults: ["hidden_size": 2688, "max_position_embeddings": 262_144, "num_key_value_heads": 2]),
    FamilySection(names: ["nemotron_h_omni"], type: "nemotron_h"),
    FamilySection(
      names: ["omniasr"], type: "llama",
      defaults: [
        "hidden_size": 4096, "max_position_embeddings": 8192, "num_hidden_layers": 12, "num_attention_heads": 8,
        "num_key_value_heads": 8,
      ]),
    FamilySection(names: ["paddleocr_vl"], type: "paddleocr_vl_text", isFixed: true, isFlat: true),
    FamilySection(
      names: ["paligemma"], type: "gemma",
      defaults: ["hidden_size": 2048, "num_hidden_layers": 18, "num_attention_heads": 8, "num_key_value_heads": 1]),
    FamilySection(
      names: ["pe_audio", "pe_audio_video", "pe_video"], type: "modernbert",
      defaults: ["hidden_size": 1024, "num_hidden_layers": 22, "num_attention_heads": 16], fillsKeys: true),
    FamilySection(names: ["qianfan_ocr"], type: "qwen3"),
    FamilySection(
      names: ["qwen2_5_omni"], path: ["thinker_config", "text_config"], type: "qwen2_5_omni_text", isFixed: true),
    FamilySection(names: ["qwen2_5_omni_thinker"], type: "qwen2_5_omni_text", isFixed: true),
    FamilySection(names: ["qwen2_5_vl"], type: "qwen2_5_vl_text", isFixed: true, isFlat: true),
    FamilySection(names: ["qwen2_vl"], type: "qwen2_vl_text", isFixed: true, isFlat: true),
    FamilySection(names: ["qwen3_5"], type: "qwen3_5_text", isFixed: true),
    FamilySection(names: ["qwen3_5_moe"], type: "qwen3_5_moe_text", isFixed: true),
    FamilySection(
      names: ["qwen3_asr"], type: "qwen3",
      defaults: [
        "hidden_size": 2048, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
        "head_dim": 128, "max_position_embeddings": 65_536,
      ]),
    FamilySection(
      names: ["qwen3_omni_moe"], path: ["thinker_config", "text_config"], type: "qwen3_omni_moe_text", isFixed: true),
    FamilySection(names: ["qwen3_omni_moe_thinker"], type: "qwen3_omni_moe_text", isFixed: true),
    FamilySection(names: ["qwen3_vl"], type: "qwen3_vl_text", isFixed: true),
    FamilySection(names: ["qwen3_vl_moe"], type: "qwen3_vl_moe_text", isFixed: true),
    FamilySection(names: ["qwen4_exp"], type: "qwen4_exp_text", isFixed: true),
    FamilySection(names: ["shieldgemma2"], type: "gemma3_text"),
    FamilySection(names: ["step3p7"], type: "step3p5", isFixed: true),
    FamilySection(names: ["t5gemma"], path: ["decoder"], type: "t5_gemma_module", isFixed: true),
    FamilySection(names: ["t5gemma2"], path: ["decoder"], type: "t5gemma2_decoder", isFixed: true),
    FamilySection(names: ["t5gemma2_encoder"], type: "t5gemma2_text", isFixed: true),
    FamilySection(names: ["ultravbert"], type: "ultrabert"),
    FamilySection(names: ["unlimited_ocr"], type: "unlimited_ocr_text", isFixed: true),
    FamilySection(
      names: ["voxtral"], type: "llama",
      defaults: [
        "hidden_size": 3072, "num_hidden_layers": 30, "num_key_value_heads": 8, "max_position_embeddings": 131_072,
        "rope_theta": 100_000_000.0, "head_dim": 128,
      ],
      fillsKeys: true),
    FamilySection(
      names: ["voxtral_realtime"], type: "voxtral_realtime_text",
      defaults: [
        "hidden_size": 3072, "num_hidden_layers": 26, "num_attention_heads": 32, "num_key_value_heads": 8,
        "max_position_embeddings": 131_072, "rope_theta": 1_000_000.0, "head_dim": 128, "sliding_window": 8192,
      ],
      fillsKeys: true),
  ]
}
