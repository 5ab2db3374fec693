extension RuntimeFaults {
  static let transformers: [RuntimeFault] = [
    RuntimeFault(
      "transformers", before: "4.45.0",
      [
        "qwen2", "qwen2_moe", "starcoder2", "cohere", "gpt_neox_japanese", "granite", "granitemoe", "olmoe", "qwen2_vl",
      ],
      .scalingIgnored, "transformers before 4.45 ignores rope_scaling in this class without a word",
      source: "models/*/modeling_*.py, 4.44.2 against 4.45.2"),
    RuntimeFault(
      "transformers", before: "4.48.0",
      ["mistral", "mixtral", "gemma", "gemma2", "jetmoe", "cohere2", "olmo2", "glm", "diffllama", "moshi"],
      .scalingIgnored, "transformers before 4.48 ignores rope_scaling in this class without a word",
      source: "models/*/modeling_*.py, 4.47.1 against 4.48.0"),
    RuntimeFault(
      "transformers", before: "5.0.0", ["dbrx"], .scalingIgnored,
      "transformers before 5 ignores rope_scaling in this class", source: "models/dbrx/modeling_dbrx.py"),
    RuntimeFault(
      "transformers",
      ["codegen", "gptj", "esm", "dinov3_vit", "mlcd", "wav2vec2_conformer", "wav2vec2-conformer"], .scalingIgnored,
      "the class of transformers does not know rope_scaling", source: "models/*/modeling_*.py, 4.30 to 5.24"),
    RuntimeFault(
      "transformers", from: "5.0.0", before: "5.13.0", ["olmo3"], .slidingScaled,
      "transformers 5.0 to 5.12 has one rotary embedding for olmo3: the sliding layers are scaled too",
      source: "models/olmo3/modeling_olmo3.py, 5.12.1 against 5.13.0; transformers issue 45945"),
    RuntimeFault(
      "transformers", from: "5.0.0", ["ministral3", "mistral4"], .keysNeeded(["llama_4_scaling_beta"]),
      "the class of transformers multiplies queries by a step that the dictionary gives",
      source: "models/ministral3/modeling_ministral3.py, models/mistral4/modeling_mistral4.py, 5.24.0"),
    RuntimeFault(
      "transformers", from: "5.0.0", before: "5.1.0", ["phimoe"], .typeRefused("longrope"),
      "transformers 5.0 asks phimoe's rotary embedding for long_mscale, which it does not keep (AttributeError)",
      source: "models/phimoe/modeling_phimoe.py, 5.0.0 against 5.1.0"),
    RuntimeFault(
      "transformers", from: "5.0.0", ["phimoe"], .shortListAlways,
      "transformers 5 keeps the short list of phimoe at every length; only the magnitude switches",
      source: "models/phimoe/modeling_phimoe.py, 4.57.6 against 5.0.0"),
  ]

  /// Runtimes that are known by name, and trainers.
  static let others: [RuntimeFault] = [
    RuntimeFault(
      "mlx-vlm", from: "0.6.0", ["qwen3_5", "qwen3_5_moe"], .scalingIgnored,
      "mlx-vlm (read to 0.7.10) gives the class's multimodal rotary embedding theta and sections only: every scaling "
        + "is ignored", source: "mlx_vlm/models/qwen3_5/language.py, 0.7.10"),
    RuntimeFault(
      "mlx-vlm",
      [
        "qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_vl_moe", "paddleocr_vl", "glm4v", "glm4v_moe", "glm_ocr",
      ], .scalingIgnored, "mlx-vlm (read to 0.7.10) reads the dictionary for its sections only: scaling is ignored",
      source: "mlx_vlm/models/rope_utils.py, 0.7.10"),
    RuntimeFault(
      "unsloth", before: "2026.6.5",
      ["llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "granite", "cohere"], .scalingIgnored,
      "FastLanguageModel of Unsloth before 2026.6.5 computes frequencies from theta alone: rope_scaling is ignored, "
        + "Llama 3.1's included",
      source: "unsloth/models/llama.py, 2026.6.1; Unsloth issues 2405 and 6197"),
    RuntimeFault(
      "exllamav3", [], .factorIsLengthRatio,
      "ExLlamaV3 replaces YaRN's factor by window/original where the original length is given",
      source: "exllamav3/util/rope.py, 1.6.5"),
    RuntimeFault(
      "exllamav2", [], .keysDropped(["attention_factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim"]),
      "ExLlamaV2 leaves attention_factor, mscale and the ends of the ramp out", source: "exllamav2/config.py, 0.3.2"),
    RuntimeFault(
      "lmdeploy", [], .factorIsLengthRatio,
      "LMDeploy's turbomind replaces YaRN's factor by window/original, and keeps the temperature of the file's factor",
      source: "lmdeploy/turbomind/models/utils.py, 0.18.0"),
    RuntimeFault(
      "tensorrt-llm", [], .keysDropped(["attention_factor"]), "TensorRT-LLM ignores attention_factor",
      source: "tensorrt_llm/_torch/attention_backend/interface.py; TensorRT-LLM issue 16378"),
    RuntimeFault(
      "tgi", [], .keysDropped(["attention_factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim"]),
      "TGI's YaRN has fixed ramp ends and no attention_factor", source: "server/text_generation_server/layers/rotary.py"
    ),
  ]
}
