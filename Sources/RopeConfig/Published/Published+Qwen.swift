extension PublishedModel {
  private static let qwen2Stages = [TrainingStage(4096, 1e4), TrainingStage(32_768, 1e6, "base raised")]

  /// Alibaba's Qwen models.
  static let qwen: [PublishedModel] = [
    PublishedModel(
      "Qwen3-VL", names: "qwen3vl", native: 262_144, pretrained: 8192, windows: [262_144], base: 5e6, head: 128,
      stages: [TrainingStage(8192), TrainingStage(32_768), TrainingStage(262_144, 5e6)],
      recipe: ExtensionRecipe(
        "yarn", factor: 3, original: 262_144, target: 1_000_000,
        note: "interleaved positions grow slowly, so 2 or 3 rather than 4; inside text_config, mrope_section kept"),
      source: "QwenLM/Qwen3-VL@9658872 README.md (256K native); stages unverified",
      .config("qwen3_vl qwen3_vl_moe", base: 5e6)),
    PublishedModel(
      "Qwen3-VL-Embedding", names: "qwen3vlembedding", "qwen3vlreranker", native: 32_768, windows: [262_144],
      base: 5e6,
      head: 128, source: "its model card, unverified"),
    PublishedModel(
      "Qwen3-Coder-Next", names: "qwen3codernext", native: 262_144, windows: [262_144], base: 5e6, head: 256,
      share: 0.25, source: "its model card, unverified", .config("qwen3_next", base: 5e6)),
    PublishedModel(
      "Qwen3-Next", names: "qwen3next", native: 262_144, windows: [262_144], base: 1e7, head: 256, share: 0.25,
      recipe: ExtensionRecipe("yarn", factor: 4, original: 262_144, target: 1_010_000),
      source: "its model card, unverified", .config("qwen3_next", base: 1e7)),
    PublishedModel(
      "Qwen3.5 to 3.8", names: "qwen3.5", "qwen3.6", "qwen3.8", native: 262_144, windows: [262_144], base: 1e7,
      head: 256, share: 0.25,
      recipe: ExtensionRecipe(
        "yarn", factor: 4, original: 262_144, target: 1_010_000,
        note: "inside text_config, with mrope_section, mrope_interleaved, partial_rotary_factor and rope_theta"),
      source: "the window of its published files; model card unverified", .config("qwen3_5 qwen3_5_moe", base: 1e7)),
    PublishedModel(
      "Qwen3-Coder", names: "qwen3coder", native: 262_144, pretrained: 32_768, windows: [262_144], base: 1e7,
      head: 128,
      recipe: ExtensionRecipe("yarn", factor: 4, original: 262_144, target: 1_000_000),
      source: "its model card (262,144 natively, 1M by YaRN)",
      .config("qwen3_moe", base: 1e7, hidden: [6144]),
      .config("qwen3_moe", base: 1e7, hidden: [2048], intermediate: 5472)),
    PublishedModel(
      "Qwen3-30B-A3B-2507", names: "qwen330ba3b…2507", native: 262_144, pretrained: 32_768, windows: [262_144],
      base: 1e7, head: 128,
      stages: [TrainingStage(4096, 1e4), TrainingStage(32_768, 1e6, "base raised"), TrainingStage(262_144, 1e7)],
      recipe: ExtensionRecipe(
        "dual chunk attention", original: 262_144, target: 1_010_000,
        note: "config_1m.json takes the place of config.json"),
      source: "QwenLM/Qwen3@7a2f61f docs/source/getting_started/concepts.md (262,144); stages unverified",
      .config("qwen3_moe", base: 1e7)),
    PublishedModel(
      "Qwen3-2507", names: "qwen3…2507", native: 262_144, pretrained: 32_768, windows: [262_144], base: 5e6,
      head: 128,
      stages: [TrainingStage(4096, 1e4), TrainingStage(32_768, 1e6, "base raised"), TrainingStage(262_144, 5e6)],
      source: "QwenLM/Qwen3@7a2f61f docs/source/getting_started/concepts.md (262,144); stages unverified",
      .config("qwen3", base: 5e6, hidden: [2560]), .config("qwen3_moe", base: 5e6, hidden: [4096])),
    PublishedModel(
      "Qwen3-Omni", names: "qwen3omni", native: 32_768, windows: [65_536], base: 1e6, head: 128,
      source: "its report, unverified", .config("qwen3_omni_moe", base: 1e6)),
    PublishedModel(
      "DeepSeek-R1-0528-Qwen3-8B", names: "deepseekr10528qwen38b", native: 131_072, pretrained: 32_768,
      windows: [131_072], base: 1e6, head: 128, scaling: PublishedScaling("yarn", 4),
      source: "the scaling of its file, unverified",
      .config(
        "qwen3", base: 1e6, hidden: [4096],
        key: ("attn_factor", .number(0.878_248_856_286_941_9, literal: "0.8782488562869419")))),
    PublishedModel(
      "Qwen3", names: "qwen3", "qwen3embedding", "qwen3reranker", native: 32_768,
      windows: [40_960, 32_768], base: 1e6, head: 128, stages: qwen2Stages,
      recipe: ExtensionRecipe(
        "yarn", factor: 4, original: 32_768, target: 131_072, note: "validated by Qwen for 4B and larger"),
      source: "Qwen3 is trained to 32,768 tokens; 40,960 leaves room for the answer but in base models (model cards)",
      .config("qwen3", base: 1e6, hidden: [1024, 2048, 2560, 4096, 5120]),
      .config("qwen3_moe", base: 1e6, hidden: [2048, 4096]),
      // A wrong base, or none: the window of the first files still tells.
      .config("qwen3 qwen3_moe", windows: [40_960]),
      .config("qwen3 qwen3_moe", originals: [32_768, 40_960]), .config("qwen3 qwen3_moe", bare: true)),
    PublishedModel(
      "Qwen2.5-1M", names: "qwen2.5…1m", native: 262_144, pretrained: 32_768, stated: 1_010_000, windows: [1_010_000],
      base: 1e7, head: 128,
      stages: qwen2Stages + [TrainingStage(65_536), TrainingStage(131_072, 5e6), TrainingStage(262_144, 1e7)],
      recipe: ExtensionRecipe("dual chunk attention", original: 262_144, target: 1_010_000),
      source: "arXiv 2501.15383, §3, unverified", .config("qwen2", base: 1e7, vocabulary: [151_936, 152_064])),
    PublishedModel(
      "Qwen2.5-Math", names: "qwen2.5math", "qwen2math", native: 4096, windows: [4096], base: 1e4, head: 128,
      source: "Qwen2.5-Math's model cards, unverified",
      .config("qwen2", base: 1e4, vocabulary: [151_936, 152_064], windows: [4096])),
    PublishedModel(
      "DeepSeek-R1-Distill-Qwen (Math)", names: "deepseekr1distillqwen1.5b", "deepseekr1distillqwen7b",
      native: 4096, windows: [131_072], base: 1e4, head: 128,
      source: "distilled from Qwen2.5-Math, whose training is at 4,096 tokens; its files state 131,072",
      .config("qwen2", base: 1e4, vocabulary: [151_936, 152_064], windows: [131_072])),
    PublishedModel(
      "CodeQwen1.5", names: "codeqwen1.5", native: 65_536, windows: [65_536], base: 1e6, head: 128,
      source: "its model card, unverified", .config("qwen2", base: 1e6, vocabulary: [92_416])),
    PublishedModel(
      "Qwen2.5-VL", names: "qwen2.5vl", "qwen2vl", "qvq72b", native: 32_768, windows: [128_000, 32_768], base: 1e6,
      head: 128,
      source: "arXiv 2502.13923, §2.2.2, unverified", .config("qwen2_5_vl qwen2_vl", base: 1e6)),
    PublishedModel(
      "Qwen2.5", names: "qwen2.5", "qwen2.5coder", "qwen2", "qwen1.5", "qwq32b", "intellect2", "deepseekr1distillqwen",
      native: 32_768, windows: [32_768, 131_072, 40_960], base: 1e6, head: 128, stages: qwen2Stages,
      recipe: ExtensionRecipe("yarn", factor: 4, original: 32_768, target: 131_072, note: "7B and larger"),
      source: "arXiv 2412.15115, §3.3, unverified; Qwen1.5's model cards (its window of 4,096 is a serving preset's)",
      .config(
        "qwen2", base: 1e6, hidden: [896, 1024, 1536, 2048, 2560, 3584, 4096, 5120, 8192],
        vocabulary: [151_646, 151_936, 152_064]),
      .config("qwen2", hidden: [2560], vocabulary: [151_936], windows: [32_768]),
      // A wrong base, or none, beside what the files state.
      .config("qwen2", windows: [32_768]), .config("qwen2", originals: [32_768]), .config("qwen2", windows: [4096])),
  ]
}
