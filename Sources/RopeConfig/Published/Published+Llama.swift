extension PublishedModel {
  private static let herd = "Llama 3 is pre-trained at 8,192 tokens (arXiv 2407.21783, §3.4.1)"
  private static let llama31Stages = [
    TrainingStage(8192, 5e5), TrainingStage(131_072, 5e5, "six stages of growing length"),
  ]

  /// Meta's Llama models and what was made from them.
  static let llama: [PublishedModel] = [
    PublishedModel(
      "Llama 4 Scout", names: "llama4scout", native: 262_144, pretrained: 8192, stated: 10_485_760,
      windows: [10_485_760], base: 5e5, head: 128, scaling: PublishedScaling("llama3", 16),
      stages: [TrainingStage(262_144, 5e5)],
      source: "the scaling of its file; its makers (longest training 256K, 10M stated)",
      .config("llama4", base: 5e5, scaling: PublishedScaling("llama3", 0)), .config("llama4", windows: [10_485_760])),
    PublishedModel(
      "Llama 4 Maverick", names: "llama4maverick", native: 262_144, stated: 1_048_576, windows: [1_048_576],
      base: 5e5,
      head: 128, stages: [TrainingStage(262_144, 5e5)],
      source: "its makers (longest training 256K, 1M stated)",
      .config("llama4", base: 5e5, hidden: [5120])),
    PublishedModel(
      "Llama 3.2 Vision", names: "llama3.2…vision", native: 131_072, pretrained: 8192, windows: [131_072], base: 5e5,
      head: 128, scaling: PublishedScaling("llama3", 8), source: herd + "; 131,072 unverified",
      .config("mllama mllama_text_model", base: 5e5)),
    PublishedModel(
      "Llama 3.2", names: "llama3.2", "llama32", native: 131_072, pretrained: 8192, windows: [131_072], base: 5e5,
      scaling: PublishedScaling("llama3", 32),
      stages: [TrainingStage(8192, 5e5), TrainingStage(131_072, 5e5, "pruned from Llama 3.1 and distilled")],
      source: herd + "; 131,072 unverified",
      .config("llama", base: 5e5, hidden: [2048, 3072], vocabulary: [128_256])),
    PublishedModel(
      "Llama 3.1", names: "llama3.1", "llama31", "deepseekr1distillllama", "tulu3", "llamaguard38b", "hermes470b",
      "hermes4405b", native: 131_072, pretrained: 8192,
      windows: [131_072], base: 5e5, head: 128, scaling: PublishedScaling("llama3", 8), stages: llama31Stages,
      source: herd + "; extended to 131,072 (§3.4.2), unverified",
      .config("llama", base: 5e5, hidden: [16_384], vocabulary: [128_256]),
      // Whoever widens it raises the factor.
      .config("llama", base: 5e5, hidden: [4096, 8192], vocabulary: [128_256], scaling: PublishedScaling("llama3", 0)),
      // Another scaling in place of its own counts from what that reaches.
      .config("llama", base: 5e5, hidden: [4096, 8192], vocabulary: [128_256], originals: [131_072])),
    PublishedModel(
      "Llama 3.3", names: "llama3.3", "llama33", native: 131_072, pretrained: 8192, windows: [131_072], base: 5e5,
      head: 128, scaling: PublishedScaling("llama3", 8), stages: llama31Stages,
      source: herd + "; 131,072 unverified",
      .config("nemotron-nas", base: 5e5)),
    PublishedModel(
      "Llama 3", names: "llama3", native: 8192, windows: [8192], base: 5e5, head: 128,
      stages: [TrainingStage(8192, 5e5)], source: herd,
      // Any base: makers of longer models raise it. A Llama 3.1 whose scaling was dropped looks like this too.
      .config("llama", hidden: [4096, 8192], vocabulary: [128_256]),
      .config("llama", vocabulary: [128_256])),
    PublishedModel(
      "CodeLlama 70B", names: "codellama70b", native: 4096, windows: [4096], base: 1e4, head: 128,
      source: "arXiv 2308.12950 and the window of its file, unverified",
      .config("llama", base: 1e4, hidden: [8192], vocabulary: [32_016])),
    PublishedModel(
      "CodeLlama", names: "codellama", native: 16_384, pretrained: 4096, windows: [16_384], base: 1e6, head: 128,
      stages: [TrainingStage(4096, 1e4, "Llama 2"), TrainingStage(16_384, 1e6, "base raised")],
      recipe: ExtensionRecipe("none", target: 100_000, note: "extrapolates without a change"),
      source: "arXiv 2308.12950, §2.4, unverified",
      .config("llama", base: 1e6, hidden: [4096, 5120, 8192], vocabulary: [32_000, 32_016])),
    PublishedModel(
      "TinyLlama", names: "tinyllama", native: 2048, windows: [2048], base: 1e4, head: 64,
      source: "arXiv 2401.02385, unverified",
      .config("llama", base: 1e4, hidden: [2048], vocabulary: [32_000], layers: 22)),
    PublishedModel(
      "Llama 1", names: "llama7b", "llama13b", "llama30b", "llama65b", "openllama", "tulu", "wizardvicuna", "guanaco",
      "vicuna…v1.3", native: 2048, windows: [2048], base: 1e4, head: 128, source: "arXiv 2302.13971, unverified",
      .config("llama", base: 1e4, hidden: [6656], vocabulary: [32_000]),
      .config("llama", base: 1e4, hidden: [8192], vocabulary: [32_000], keyValueHeads: 64, windows: [2048]),
      .config("llama", base: 1e4, hidden: [4096, 5120], vocabulary: [32_000], windows: [2048]),
      // The first conversions of Llama 2 have this constant and its window.
      .config(
        "llama", base: 1e4, hidden: [4096, 5120], vocabulary: [32_000], windows: [8192, 16_384],
        key: ("rms_norm_eps", .number(1e-6, literal: "1e-6")))),
    PublishedModel(
      "Llama 2", names: "llama2", "tulu2", "vicuna…v1.5", native: 4096, windows: [4096], base: 1e4, head: 128,
      stages: [TrainingStage(4096, 1e4)], source: "arXiv 2307.09288, §2.2",
      .config("llama", base: 1e4, hidden: [4096, 5120], vocabulary: [32_000], originals: [4096]),
      .config("llama", base: 1e4, hidden: [4096], vocabulary: [32_000], layers: 32, keyValueHeads: 32),
      .config("llama", base: 1e4, hidden: [5120], vocabulary: [32_000], layers: 40, keyValueHeads: 40),
      .config("llama", base: 1e4, hidden: [8192], vocabulary: [32_000], layers: 80, keyValueHeads: 8)),
  ]
}
