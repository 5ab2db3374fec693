extension PublishedModel {
  private static let card = "its model card, unverified"
  private static let scalingOfFile = "the scaling of its file; lengths unverified"

  static let others: [PublishedModel] = openModels + companies

  /// Models that were published with their training: SmolLM, OLMo, Apertus and their like.
  private static let openModels: [PublishedModel] = [
    PublishedModel(
      "SmolLM2 1.7B", names: "smollm2…1.7b", native: 8192, pretrained: 2048, windows: [8192], base: 130_000, head: 64,
      stages: [TrainingStage(2048, 1e4), TrainingStage(8192, 130_000, "base raised")],
      source: "arXiv 2502.02737, §4.7, unverified", .config("llama", base: 130_000, vocabulary: [49_152])),
    PublishedModel(
      "SmolLM2", names: "smollm2", native: 8192, pretrained: 2048, windows: [8192], base: 1e5, head: 64,
      source: "arXiv 2502.02737, unverified", .config("llama", base: 1e5, vocabulary: [49_152])),
    PublishedModel(
      "SmolLM", names: "smollm", native: 2048, windows: [2048], base: 1e4, head: 64, source: card,
      .config("llama", base: 1e4, hidden: [576, 960, 2048], vocabulary: [49_152])),
    PublishedModel(
      "SmolLM3", names: "smollm3", native: 65_536, pretrained: 4096, windows: [65_536], base: 5e6, head: 128,
      stages: [
        TrainingStage(4096, 5e4), TrainingStage(32_768, 1.5e6, "base raised"),
        TrainingStage(65_536, 5e6, "base raised"),
      ],
      recipe: ExtensionRecipe("yarn", factor: 2, original: 65_536, target: 131_072),
      source: "its makers' account (trained to 64k, YaRN to 128k); bases of the stages unverified",
      .config("smollm3", base: 5e6, hidden: [2048])),
    PublishedModel(
      "OLMo 2", names: "olmo2", native: 4096, windows: [4096], base: 5e5, head: 128,
      source: "arXiv 2501.00656, unverified", .config("olmo2", base: 5e5, hidden: [2048, 4096, 5120])),
    PublishedModel(
      "Olmo 3", names: "olmo3", "olmo3.1", native: 65_536, pretrained: 8192, windows: [65_536], base: 5e5, head: 128,
      scaling: PublishedScaling("yarn", 8),
      stages: [TrainingStage(8192, 5e5), TrainingStage(65_536, 5e5, "YaRN ×8 of the full-attention layers")],
      source: "arXiv 2512.13961 (8,192, then 65,536 by YaRN on full attention)",
      .config("olmo3", base: 5e5, hidden: [4096, 5120])),
    PublishedModel(
      "Apertus", names: "apertus", native: 65_536, pretrained: 8192, windows: [65_536], base: 1.2e7, head: 128,
      scaling: PublishedScaling("llama3", 8),
      stages: [
        TrainingStage(4096, 5e5), TrainingStage(8192, 1e6), TrainingStage(16_384, 2e6), TrainingStage(32_768, 4e6),
        TrainingStage(65_536, 1.2e7, "llama3 ×8"),
      ],
      source: "arXiv 2509.14233, unverified", .config("apertus", base: 1.2e7, hidden: [4096, 8192])),
    PublishedModel(
      "AFM 4.5B", names: "afm4.5b", native: 65_536, pretrained: 4096, windows: [65_536], base: 1e4, head: 128,
      scaling: PublishedScaling("yarn", 20),
      source: "the scaling and window of its file (arcee-ai/AFM-4.5B), unverified",
      .config("arcee", base: 1e4, hidden: [2560])),
    PublishedModel(
      "StableLM 2", names: "stablelm2", "stablelm", native: 4096, windows: [4096], base: 1e4, share: 0.25,
      type: "stablelm", source: card),
    PublishedModel(
      "nomic-embed", names: "nomicembedtext", native: 2048, windows: [8192], base: 1000, head: 64,
      recipe: ExtensionRecipe("dynamic", factor: 4, original: 2048, target: 8192),
      source: "max_trained_positions of its file", .config("nomic_bert", base: 1000)),
  ]

  private static let companies: [PublishedModel] = [
    PublishedModel(
      "Granite 3.1 2B", names: "granite3.1…2b", "granite3.2…2b", native: 131_072, pretrained: 4096,
      windows: [131_072],
      base: 5e6, head: 64, source: card, .config("granite", base: 5e6, hidden: [2048])),
    PublishedModel(
      "Granite 3.1", names: "granite3.1", "granite3.2", "granite3.3", native: 131_072, pretrained: 4096,
      windows: [131_072], base: 1e7, head: 128,
      stages: [TrainingStage(4096, 1e4), TrainingStage(131_072, 1e7, "base raised in steps")], source: card,
      .config("granite", base: 1e7, hidden: [2048, 4096])),
    PublishedModel(
      "Granite 3.0", names: "granite3.0", native: 4096, windows: [4096], base: 1e4, head: 128, source: card,
      .config("granite", base: 1e4, hidden: [2048, 4096])),
    PublishedModel(
      "Granite 4.0 H", names: "granite4.0h", native: 131_072, windows: [131_072], base: 1e4, head: 128,
      source: "its file has no rotation; length unverified",
      .config("granitemoehybrid", key: ("position_embedding_type", .string("nope")))),
    PublishedModel(
      "Granite 4.0", names: "granite4.0", native: 131_072, pretrained: 4096, windows: [131_072], base: 1e7, head: 64,
      source: card, .config("granitemoehybrid", base: 1e7)),
    PublishedModel(
      "MiniMax-Text-01", names: "minimaxtext01", "minimaxm1", native: 1_048_576, pretrained: 8192, stated: 10_240_000,
      windows: [10_240_000], base: 1e7, head: 128, share: 0.5,
      stages: [
        TrainingStage(8192, 1e4), TrainingStage(131_072, 5e6), TrainingStage(524_288, 1e7),
        TrainingStage(1_048_576, 1e7),
      ],
      source: "arXiv 2501.08313, §4.2, unverified", .config("minimax_text_01 minimax_m1 minimax", base: 1e7)),
    PublishedModel(
      "MiniMax-M2", names: "minimaxm2", "minimaxm2.1", "minimaxm2.5", native: 196_608, windows: [196_608], base: 5e6,
      head: 128, share: 0.5, source: "the window of its file, unverified",
      .config("minimax_m2", base: 5e6, hidden: [3072], windows: [196_608])),
    PublishedModel(
      "MiniMax-M2.7", names: "minimaxm2.7", native: 204_800, windows: [204_800], base: 5e6, head: 128, share: 0.5,
      source: "the window of its file, unverified", .config("minimax_m2", base: 5e6, windows: [204_800])),
    PublishedModel(
      "MiniMax-M3", names: "minimaxm3", native: 1_048_576, windows: [1_048_576], base: 5e6, head: 128, share: 0.5,
      source: "the window of its file, unverified", .config("minimax_m3", base: 5e6)),
    PublishedModel(
      "Seed-OSS", names: "seedoss", native: 524_288, windows: [524_288], base: 1e7, head: 128,
      source: "ByteDance-Seed/seed-oss@98e12be README.md", .config("seed_oss", base: 1e7, hidden: [5120])),
    PublishedModel(
      "EXAONE 4.0 1.2B", names: "exaone4.0…1.2b", native: 65_536, pretrained: 8192, windows: [65_536], base: 1e6,
      head: 64,
      scaling: PublishedScaling("llama3", 16), source: "arXiv 2507.11407, unverified",
      .config("exaone4", hidden: [2048])),
    PublishedModel(
      "EXAONE 4.0", names: "exaone4.0", "exaone4.0.1", native: 131_072, pretrained: 8192, windows: [131_072],
      base: 1e6,
      head: 128, scaling: PublishedScaling("llama3", 16),
      stages: [TrainingStage(4096), TrainingStage(32_768), TrainingStage(131_072)],
      source: "arXiv 2507.11407, unverified", .config("exaone4", base: 1e6, hidden: [5120])),
    PublishedModel(
      "EXAONE 3.5", names: "exaone3.5", "exaonedeep", native: 32_768, pretrained: 8192, windows: [32_768], base: 1e6,
      head: 128,
      scaling: PublishedScaling("llama3", 8), type: "exaone", source: card),
    PublishedModel(
      "Command R7B", names: "c4aicommandr7b", native: 131_072, pretrained: 8192, windows: [8192], base: 5e4,
      head: 128,
      type: "cohere2", source: card),
    PublishedModel(
      "Command R+", names: "commandrplus", native: 131_072, pretrained: 8192, windows: [8192], base: 7.5e7, head: 128,
      source: "its file (model_max_length 131072)", .config("cohere", base: 7.5e7, hidden: [12_288])),
    PublishedModel(
      "Command R 08-2024", names: "commandr…082024", native: 131_072, pretrained: 8192, windows: [131_072], base: 4e6,
      head: 128, source: card, .config("cohere", base: 4e6, hidden: [8192])),
    PublishedModel(
      "Command R", names: "commandr", native: 131_072, pretrained: 8192, windows: [8192], base: 8e6, head: 128,
      source: "its file (model_max_length 131072)", .config("cohere", base: 8e6, hidden: [8192])),
    PublishedModel(
      "Command A", names: "commanda", native: 262_144, pretrained: 8192, windows: [131_072], base: 5e4, head: 128,
      stages: [TrainingStage(8192, 5e4), TrainingStage(32_768), TrainingStage(131_072), TrainingStage(262_144)],
      source: "arXiv 2504.00698, unverified", .config("cohere2", base: 5e4, hidden: [12_288])),
    PublishedModel(
      "Falcon3", names: "falcon3", native: 32_768, windows: [32_768], base: 1_000_042, head: 256, source: card,
      .config("llama", base: 1_000_042, vocabulary: [131_072])),
    PublishedModel(
      "Falcon3 1B", names: "falcon3…1b", native: 8192, windows: [8192], base: 1_000_042, head: 256, type: "llama",
      source: card),
    PublishedModel(
      "Falcon-H1", names: "falconh134b", "falconh17b", native: 262_144, windows: [262_144], base: 1e11, head: 128,
      source: "arXiv 2507.22448, unverified", .config("falcon_h1", base: 1e11, hidden: [3072, 5120])),
    PublishedModel(
      "InternLM2.5-1M", names: "internlm2.5…1m", "internlm25…1m", native: 262_144, pretrained: 32_768,
      stated: 1_048_576,
      windows: [1_048_576, 262_144], base: 5e7, head: 128, source: card, .config("internlm2", base: 5e7)),
    PublishedModel(
      "InternLM2", names: "internlm2", "internlm2.5", "internlm25", native: 32_768, windows: [32_768], base: 1e6,
      head: 128, source: "arXiv 2403.17297, unverified",
      .config("internlm2", base: 1e6, hidden: [2048, 4096, 6144])),
    PublishedModel(
      "InternLM3", names: "internlm3", native: 32_768, windows: [32_768], base: 5e7, head: 128, source: card,
      .config("internlm3", base: 5e7, hidden: [4096])),
    PublishedModel(
      "Yi-1.5-32K", names: "yi1.5…32k", native: 32_768, windows: [32_768], base: 5e6, head: 128, type: "llama",
      source: card),
    PublishedModel(
      "Yi-1.5-16K", names: "yi1.5…16k", native: 16_384, windows: [16_384], base: 5e6, head: 128, type: "llama",
      source: card),
    PublishedModel(
      "Yi-200K", names: "yi…200k", native: 200_000, pretrained: 4096, windows: [200_000], base: 5e6, head: 128,
      source: card, .config("llama", base: 5e6, 1e7, vocabulary: [64_000], windows: [200_000, 262_144])),
    PublishedModel(
      "Yi", names: "yi6b", "yi9b", "yi34b", "yi1.5", native: 4096, windows: [4096], base: 5e6, head: 128,
      stages: [TrainingStage(4096, 5e6)], source: "arXiv 2403.04652, unverified",
      .config("llama", base: 5e6, vocabulary: [64_000])),
    PublishedModel(
      "Nemotron 3 Nano", names: "nemotron3nano", native: 1_048_576, pretrained: 8192, windows: [262_144], base: 1e4,
      head: 128, source: "its attention layers do not rotate; length unverified",
      .config("nemotron_h", hidden: [2688])),
    PublishedModel(
      "Nemotron-H", names: "nemotronh…8k", native: 8192, windows: [8192], base: 1e4, head: 128,
      source: "its attention layers do not rotate; arXiv 2504.03624, unverified",
      .config("nemotron_h", hidden: [8192])),
    PublishedModel(
      "Hunyuan-A13B", names: "hunyuana13b", native: 262_144, pretrained: 32_768, windows: [32_768, 262_144],
      base: 1e4,
      head: 128, scaling: PublishedScaling("dynamic", 1, alpha: 1000),
      stages: [
        TrainingStage(4096, 1e4), TrainingStage(32_768, nil, "alpha 50"), TrainingStage(262_144, nil, "alpha 1000"),
      ],
      source: "Tencent-Hunyuan/Hunyuan-A13B@2798f3c README.md (256K native); stages unverified",
      .config("hunyuan_v1_moe", hidden: [4096], key: ("alpha", .count(1000)))),
    PublishedModel(
      "DBRX", names: "dbrx", native: 32_768, windows: [32_768], base: 5e5, head: 128, source: card, .config("dbrx")),
    PublishedModel(
      "Hunyuan", names: "hunyuan0.5b", "hunyuan1.8b", "hunyuan4b", "hunyuan7b", native: 262_144, pretrained: 32_768,
      windows: [262_144, 32_768], base: 1e4, head: 128, scaling: PublishedScaling("dynamic", 1, alpha: 1000),
      source: "its model cards (256K native), unverified",
      .config("hunyuan_v1_dense", key: ("alpha", .count(1000)))),
    PublishedModel(
      "ERNIE 4.5", names: "ernie4.5", native: 131_072, pretrained: 8192, windows: [131_072], base: 5e5, head: 128,
      stages: [TrainingStage(8192, 1e4), TrainingStage(32_768, 160_000), TrainingStage(131_072, 5e5)],
      source: "ERNIE 4.5 technical report, unverified",
      .config("ernie4_5 ernie4_5_moe", base: 5e5, hidden: [1024, 2560, 8192])),
    PublishedModel(
      "LFM2", names: "lfm2", "lfm2.5", native: 32_768, windows: [128_000], base: 1e6, head: 64, source: card,
      .config("lfm2 lfm2_moe", base: 1e6, hidden: [1024, 1536, 2048, 2560])),
    PublishedModel(
      "MiMo-7B", names: "mimo7b", native: 32_768, pretrained: 8192, windows: [32_768], base: 640_000, head: 128,
      stages: [TrainingStage(8192, 1e4), TrainingStage(32_768, 640_000, "base raised")],
      source: "arXiv 2505.07608, §2.2, unverified", .config("mimo", base: 640_000, hidden: [4096])),
    PublishedModel(
      "MiMo-V2-Flash", names: "mimov2flash", native: 262_144, pretrained: 32_768, windows: [262_144], base: 5e6,
      head: 192, share: 0.334, stages: [TrainingStage(32_768, 640_000), TrainingStage(262_144, 5e6)], source: card,
      .config("mimo_v2_flash", base: 5e6)),
    PublishedModel(
      "Step-3.5-Flash", names: "step3.5flash", native: 262_144, pretrained: 131_072, windows: [262_144], base: 5e6,
      head: 128, share: 0.5, scaling: PublishedScaling("llama3", 2), source: scalingOfFile,
      .config("step3p5", hidden: [4096], scaling: PublishedScaling("llama3", 2))),
    PublishedModel(
      "Ring 1T", names: "ring1t", native: 65_536, pretrained: 4096, windows: [65_536], base: 600_000, head: 128,
      share: 0.5, recipe: ExtensionRecipe("yarn", factor: 2, original: 65_536, target: 131_072),
      source: "vllm-project/recipes, models/inclusionAI/Ring-1T-FP8.yaml; base and share from memory",
      .config("bailing_moe bailing_moe_v2", base: 600_000, hidden: [8192], windows: [65_536])),
    PublishedModel(
      "Ling 2.0", names: "lingmini2.0", "ringmini2.0", "lingflash2.0", "ringflash2.0", "ling1t",
      native: 32_768,
      pretrained: 4096,
      windows: [32_768], base: 600_000, head: 128, share: 0.5,
      stages: [TrainingStage(4096, 1e4), TrainingStage(32_768, 600_000, "base raised")],
      recipe: ExtensionRecipe("yarn", factor: 4, original: 32_768, target: 131_072), source: card,
      .config("bailing_moe bailing_moe_v2", base: 600_000)),
    PublishedModel(
      "Ling-2.6-flash", names: "ling2.6flash", native: 131_072, pretrained: 4096, windows: [131_072], base: 6e6,
      head: 64,
      source: card, .config("bailing_hybrid", base: 6e6)),
  ]
}
