extension PublishedModel {
  private static let longrope = PublishedScaling("longrope", 32)

  /// Models of Microsoft and of OpenAI.
  static let microsoft: [PublishedModel] = [
    PublishedModel(
      "gpt-oss", names: "gptoss", native: 131_072, pretrained: 4096, windows: [131_072], base: 150_000, head: 64,
      scaling: PublishedScaling("yarn", 32, truncates: false),
      stages: [TrainingStage(4096, 150_000), TrainingStage(131_072, 150_000, "YaRN ×32 of the dense layers")],
      source: "arXiv 2508.10925 (131,072 by YaRN on the dense layers); 4,096 of its file",
      .config("gpt_oss", base: 150_000, 10_000, hidden: [2880])),
    PublishedModel(
      "phi-2", names: "phi2", native: 2048, windows: [2048], base: 1e4, head: 80, share: 0.4,
      source: "its model card", .config("phi phi-msft", hidden: [2560])),
    PublishedModel(
      "phi-1", names: "phi1", "phi1.5", native: 2048, windows: [2048], base: 1e4, head: 64, share: 0.5,
      source: "its model card, unverified", .config("phi phi-msft", hidden: [2048])),
    PublishedModel(
      "Phi-4-mini", names: "phi4mini", "phi4multimodal", native: 131_072, pretrained: 4096, windows: [131_072],
      base: 1e4,
      head: 128, share: 0.75, scaling: longrope,
      stages: [TrainingStage(4096, 1e4), TrainingStage(131_072, 1e4, "LongRoPE")],
      source: "arXiv 2503.01743, unverified", .config("phi3 phi4mm", base: 1e4, vocabulary: [200_064])),
    PublishedModel(
      "Phi-4-reasoning", names: "phi4reasoning", native: 32_768, pretrained: 16_384, windows: [32_768], base: 5e5,
      head: 128, source: "arXiv 2504.21318, unverified", .config("phi3", base: 5e5, hidden: [5120])),
    PublishedModel(
      "Phi-4", names: "phi4", native: 16_384, pretrained: 4096, windows: [16_384], base: 250_000, head: 128,
      stages: [TrainingStage(4096), TrainingStage(16_384, 250_000, "base raised")],
      source: "arXiv 2412.08905, §3.3, unverified", .config("phi3", base: 250_000, hidden: [5120])),
    PublishedModel(
      "Phi-3.5-MoE", names: "phi3.5moe", native: 131_072, pretrained: 4096, windows: [131_072], base: 1e4, head: 128,
      scaling: longrope, source: "its model card, unverified", .config("phimoe", base: 1e4, hidden: [4096])),
    PublishedModel(
      "Phi-3-128k", names: "phi3…128k", "phi3.5", native: 131_072, pretrained: 4096, windows: [131_072], base: 1e4,
      head: 96, scaling: longrope, stages: [TrainingStage(4096, 1e4), TrainingStage(131_072, 1e4, "LongRoPE")],
      source: "arXiv 2404.14219, unverified",
      .config("phi3", base: 1e4, hidden: [3072, 5120], vocabulary: [32_064], scaling: PublishedScaling("longrope", 0)),
      .config("phi3", base: 1e4, hidden: [3072, 5120], vocabulary: [32_064], scaling: PublishedScaling("su", 0))),
    PublishedModel(
      "Phi-3-small-8k", names: "phi3small8k", native: 8192, windows: [8192], base: 1e6, head: 128,
      source: "its model card, unverified"),
    PublishedModel(
      "Phi-3-4k", names: "phi3…4k", "phi3", native: 4096, windows: [4096], base: 1e4, head: 96,
      source: "arXiv 2404.14219, unverified",
      .config("phi3", base: 1e4, hidden: [3072, 5120], vocabulary: [32_064])),
  ]
}
