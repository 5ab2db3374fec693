extension PublishedModel {
  private static let gemma3 = "Gemma 3 is pre-trained at 32,768 tokens"
  private static let card = "its model card, unverified"

  /// Google's Gemma models.
  static let google: [PublishedModel] = [
    PublishedModel(
      "Gemma", names: "gemma2b", "gemma7b", "codegemma", native: 8192, windows: [8192], base: 1e4, head: 256,
      source: "arXiv 2403.08295, unverified", .config("gemma", base: 1e4, hidden: [2048, 3072])),
    PublishedModel(
      "Gemma 2", names: "gemma2", native: 8192, windows: [8192], base: 1e4, head: 256,
      source: "arXiv 2408.00118, §2, unverified", .config("gemma2", base: 1e4, hidden: [2304, 3584, 4608])),
    PublishedModel(
      "EmbeddingGemma", names: "embeddinggemma", native: 2048, windows: [2048], base: 1e6, head: 256, source: card,
      .config("gemma3", hidden: [768])),
    PublishedModel(
      "Gemma 3 1B", names: "gemma3…1b", "gemma3…270m", "functiongemma", native: 32_768, windows: [32_768],
      base: 1e6, head: 256, stages: [TrainingStage(32_768, 1e6)], source: gemma3 + " (arXiv 2503.19786, §2)",
      .config("gemma3", hidden: [640, 1152])),
    PublishedModel(
      "Gemma 3", names: "gemma3", "medgemma4b", "medgemma27b", native: 131_072, pretrained: 32_768,
      windows: [131_072],
      base: 1e6, head: 256, scaling: PublishedScaling("linear", 8),
      stages: [TrainingStage(32_768, 1e6), TrainingStage(131_072, 1e6, "linear ×8 of the global layers")],
      source: gemma3 + " and extended by linear scaling with factor 8 (arXiv 2503.19786, §2)",
      .config("gemma3", hidden: [2560, 3840, 5376])),
    PublishedModel(
      "Gemma 3n", names: "gemma3n", native: 32_768, windows: [32_768], base: 1e6, head: 256, source: card,
      .config("gemma3n", hidden: [2048])),
    PublishedModel(
      "Gemma 4 E2B and E4B", names: "gemma4…e2b", "gemma4…e4b", native: 131_072, windows: [131_072], base: 1e6,
      head: 256, source: card, .config("gemma4", hidden: [1536, 2560])),
    PublishedModel(
      "Gemma 4", names: "gemma4", native: 262_144, windows: [262_144], base: 1e6, head: 256, source: card,
      .config("gemma4", hidden: [2816, 5376])),
  ]
}
