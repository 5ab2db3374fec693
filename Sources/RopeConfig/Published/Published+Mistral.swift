extension PublishedModel {
  private static let announcement = "its model card, unverified"

  /// Mistral's models.
  static let mistral: [PublishedModel] = [
    PublishedModel(
      "Mistral 7B v0.1", names: "mistral7b…v0.1", "zephyr7b", "openhermes2.5mistral7b", "e5mistral7b",
      "sfrembeddingmistral", native: 8192, windows: [32_768], base: 1e4, head: 128,
      source: "arXiv 2310.06825, table 1; transformers' documentation (trained at 8k); its file states 32,768",
      .config("mistral", base: 1e4, hidden: [4096], vocabulary: [32_000, 32_001, 32_002, 32_003], layers: 32)),
    PublishedModel(
      "Mistral 7B", names: "mistral7b…v0.2", "mistral7b…v0.3", "mathstral7b", native: 32_768, windows: [32_768],
      base: 1e6,
      head: 128,
      source: "model cards of v0.2 and v0.3, unverified",
      .config("mistral", base: 1e6, hidden: [4096], vocabulary: [32_000, 32_768], layers: 32)),
    PublishedModel(
      "Mistral Nemo", names: "mistralnemo", native: 131_072, windows: [131_072, 1_024_000, 128_000], base: 1e6,
      head: 128, stages: [TrainingStage(131_072, 1e6)],
      source: "its model card (trained with a 128k window), unverified",
      .config("mistral", base: 1e6, hidden: [5120], layers: 40)),
    PublishedModel(
      "Mistral Large 2", names: "mistrallarge…2407", "mistrallarge…2411", native: 131_072, windows: [131_072],
      base: 1e6,
      head: 128, source: announcement, .config("mistral", base: 1e6, hidden: [12_288], layers: 88)),
    PublishedModel(
      "Codestral 22B", names: "codestral22b", "mistralsmall…2409", native: 32_768, windows: [32_768], base: 1e6,
      head: 128, source: announcement,
      .config("mistral", base: 1e6, hidden: [6144], vocabulary: [32_768], layers: 56)),
    PublishedModel(
      "Ministral 8B", names: "ministral8b", native: 131_072, windows: [32_768, 131_072], base: 1e8, head: 128,
      source: announcement, .config("mistral", base: 1e8, hidden: [4096], layers: 36)),
    PublishedModel(
      "Mistral Small 3", names: "mistralsmall…2501", native: 32_768, windows: [32_768], base: 1e8, head: 128,
      source: announcement, .config("mistral", base: 1e8, hidden: [5120])),
    PublishedModel(
      "Mistral Small 3.1", names: "mistralsmall3.1", "mistralsmall3.2", "magistral", "devstral", native: 131_072,
      windows: [131_072], base: 1e9, head: 128, source: announcement,
      .config("mistral", base: 1e9, hidden: [5120])),
    PublishedModel(
      "Devstral Small 2", names: "devstralsmall2", native: 262_144, pretrained: 8192, stated: 393_216,
      windows: [393_216], base: 1e8, head: 128, scaling: PublishedScaling("yarn", 48),
      source: "the scaling of its file; model card (256k), unverified",
      .config("ministral3", base: 1e8, hidden: [5120])),
    PublishedModel(
      "Devstral 2", names: "devstral2", native: 262_144, pretrained: 4096, windows: [262_144], base: 1e6, head: 128,
      scaling: PublishedScaling("yarn", 64), source: "the scaling of its file; model card (256k), unverified",
      .config("ministral3", base: 1e6, hidden: [12_288])),
    PublishedModel(
      "Ministral 3 14B", names: "ministral314b", native: 262_144, pretrained: 16_384, windows: [262_144], base: 1e9,
      head: 128, scaling: PublishedScaling("yarn", 16),
      stages: [TrainingStage(16_384), TrainingStage(262_144, 1e9, "YaRN ×16")],
      source: "the scaling of its file; arXiv 2601.08584, unverified",
      .config("ministral3", base: 1e9, hidden: [5120])),
    PublishedModel(
      "Ministral 3", names: "ministral3", native: 262_144, pretrained: 16_384, windows: [262_144], base: 1e6,
      head: 128,
      scaling: PublishedScaling("yarn", 16), stages: [TrainingStage(16_384), TrainingStage(262_144, 1e6, "YaRN ×16")],
      source: "the scaling of its file; arXiv 2601.08584, unverified",
      .config("ministral3", base: 1e6, hidden: [3072, 4096])),
    PublishedModel(
      "Mixtral 8x22B", names: "mixtral8x22b", native: 65_536, windows: [65_536], base: 1e6, head: 128,
      source: announcement, .config("mixtral", hidden: [6144], vocabulary: [32_000, 32_768])),
    PublishedModel(
      "Mixtral", names: "mixtral8x7b", "mixtral", native: 32_768, windows: [32_768, 65_536], base: 1e6, head: 128,
      source: "arXiv 2401.04088, table 1, unverified", .config("mixtral"),
      // What a GGUF file has of it.
      .config("llama", hidden: [4096], vocabulary: [32_000], key: ("num_experts", .count(8)))),
  ]
}
