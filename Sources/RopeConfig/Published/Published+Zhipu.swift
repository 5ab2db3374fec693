extension PublishedModel {
  private static let glm45Stages = [
    TrainingStage(4096, 1e4), TrainingStage(32_768, 1e6, "base raised"), TrainingStage(131_072, 1e6),
  ]

  /// Models of Zhipu (Z.ai).
  static let zhipu: [PublishedModel] = [
    PublishedModel(
      "GLM-4-9B-Chat-1M", names: "glm49bchat1m", native: 1_048_576, pretrained: 8192, windows: [1_048_576], base: 1e8,
      head: 128, share: 0.5, source: "its model card, unverified; its base is 10,000 times rope_ratio",
      .config("chatglm", key: ("rope_ratio", .count(10_000)))),
    PublishedModel(
      "GLM-4-9B-Chat", names: "glm49bchat", native: 131_072, pretrained: 8192, windows: [131_072], base: 5e6,
      head: 128, share: 0.5, source: "arXiv 2406.12793, unverified; its base is 10,000 times rope_ratio",
      .config("chatglm", key: ("rope_ratio", .count(500)))),
    PublishedModel(
      "GLM-4-9B", names: "glm49b", native: 8192, windows: [8192], base: 1e4, head: 128, share: 0.5,
      source: "the length of its file", .config("chatglm", vocabulary: [151_552])),
    PublishedModel(
      "GLM-4-0414", names: "glm4…0414", "glmz1…0414", native: 32_768, windows: [32_768], base: 1e4, head: 128,
      share: 0.5, recipe: ExtensionRecipe("yarn", factor: 4, original: 32_768, target: 131_072),
      source: "the window of its file; model card, unverified", .config("glm4", base: 1e4, hidden: [4096, 6144])),
    PublishedModel(
      "GLM-4.6", names: "glm4.6", "glm4.7", native: 202_752, pretrained: 4096, windows: [202_752], base: 1e6,
      head: 128,
      share: 0.5, stages: glm45Stages + [TrainingStage(202_752, 1e6)],
      source: "the window of its file; card unverified",
      .config("glm4_moe", base: 1e6, hidden: [5120], windows: [202_752])),
    PublishedModel(
      "GLM-4.5", names: "glm4.5", native: 131_072, pretrained: 4096, windows: [131_072], base: 1e6, head: 128,
      share: 0.5, stages: glm45Stages, source: "arXiv 2508.06471, §2.3, unverified",
      .config("glm4_moe", base: 1e6, hidden: [4096, 5120])),
    PublishedModel(
      "GLM-5.2", names: "glm5.2", "glm5.3", native: 1_048_576, pretrained: 202_752, windows: [1_048_576], base: 8e6,
      head: 64, source: "the window of its file, unverified", .config("glm_moe_dsa", base: 8e6, hidden: [6144])),
    PublishedModel(
      "GLM-5", names: "glm5", "glm5.1", native: 202_752, pretrained: 4096, windows: [202_752], base: 1e6, head: 64,
      stages: [TrainingStage(4096), TrainingStage(32_768), TrainingStage(131_072), TrainingStage(202_752)],
      source: "arXiv 2602.15763, unverified", .config("glm_moe_dsa", base: 1e6, hidden: [6144])),
  ]
}
