extension PublishedModel {
  private static let yarn40 = PublishedScaling("yarn", 40)
  private static let first = [TrainingStage(4096, 1e4), TrainingStage(32_768, 1e4, "YaRN ×40")]

  /// Models of DeepSeek and of Moonshot, which share a class.
  static let deepseek: [PublishedModel] = [
    PublishedModel(
      "Kimi K2 0905", names: "kimik20905", "kimik2…0905", "kimik2thinking", "kimik2.5", "kimik2.6", "kimik2.7",
      native: 262_144,
      pretrained: 4096, windows: [262_144], base: 5e4, head: 64, scaling: PublishedScaling("yarn", 64),
      source: "the scaling of its file; model card (256K), unverified",
      .config(
        "kimi_k2 kimi_k25 deepseek_v3", base: 5e4, hidden: [7168], vocabulary: [163_840],
        scaling: PublishedScaling("yarn", 64))),
    PublishedModel(
      "Kimi K2", names: "kimik2", native: 32_768, pretrained: 4096, stated: 131_072, windows: [131_072], base: 5e4,
      head: 64, scaling: PublishedScaling("yarn", 32),
      stages: [
        TrainingStage(4096, 5e4), TrainingStage(32_768, 5e4), TrainingStage(131_072, 5e4, "YaRN ×32, no training"),
      ],
      source: "arXiv 2507.20534, §2.5 (4,096, then 32k; 128k by YaRN)",
      .config("kimi_k2 kimi_k25 deepseek_v3", base: 5e4, hidden: [7168], vocabulary: [163_840])),
    PublishedModel(
      "Moonlight", names: "moonlight16b", native: 8192, windows: [8192], base: 5e4, head: 64,
      source: "arXiv 2502.16982, unverified", .config("deepseek_v3", base: 5e4, hidden: [2048])),
    PublishedModel(
      "DeepSeek-V4", names: "deepseekv4", native: 1_048_576, pretrained: 65_536, windows: [1_048_576], base: 1e4,
      head: 64, scaling: PublishedScaling("yarn", 16),
      source: "DeepSeek-V4 scales 65,536 tokens by YaRN with factor 16",
      .config("deepseek_v4", windows: [1_048_576])),
    PublishedModel(
      "DeepSeek-V3", names: "deepseekv3", "deepseekv3.1", "deepseekv3.2", "deepseekr1", native: 131_072,
      pretrained: 4096, stated: 163_840, windows: [163_840], base: 1e4, head: 64, scaling: yarn40,
      stages: first + [TrainingStage(131_072, 1e4, "YaRN ×40")], source: "arXiv 2412.19437, §4.3, unverified",
      .config("deepseek_v3 deepseek_v32", base: 1e4, hidden: [7168], vocabulary: [129_280])),
    PublishedModel(
      "DeepSeek-V2", names: "deepseekv2", "deepseekv2.5", "deepseekcoderv2", native: 32_768, pretrained: 4096,
      stated: 163_840, windows: [163_840], base: 1e4, head: 64, scaling: yarn40, stages: first,
      source: "deepseek-ai/DeepSeek-V2@ec98ee3 README.md (Lite: 32K); arXiv 2405.04434, §3.1.4, unverified",
      .config("deepseek_v2", base: 1e4, hidden: [2048, 5120], vocabulary: [102_400])),
    PublishedModel(
      "DeepSeek-Coder", names: "deepseekcoder", native: 16_384, pretrained: 4096, windows: [16_384], base: 1e5,
      head: 128, scaling: PublishedScaling("linear", 4), source: "arXiv 2401.14196, §3.6, unverified",
      .config("llama", base: 1e5, vocabulary: [32_256])),
    PublishedModel(
      "DeepSeek-LLM", names: "deepseekllm", native: 4096, windows: [4096], base: 1e4, head: 128,
      source: "arXiv 2401.02954, unverified", .config("llama", base: 1e4, vocabulary: [102_400])),
  ]
}
