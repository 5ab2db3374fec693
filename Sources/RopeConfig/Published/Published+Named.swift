extension PublishedModel {
  private static let card = "its configuration file, unverified"

  /// Models that are told by their names alone: files of their classes and sizes are those of many others.
  static let named: [PublishedModel] = [
    PublishedModel(
      "Pythia", names: "pythia", native: 2048, windows: [2048], base: 1e4, share: 0.25, type: "gpt_neox", source: card),
    PublishedModel(
      "GPT-NeoX 20B", names: "gptneox20b", native: 2048, windows: [2048], base: 1e4, head: 96, share: 0.25,
      type: "gpt_neox", source: card),
    PublishedModel(
      "Falcon", names: "falcon7b", "falcon40b", "falcon180b", native: 2048, windows: [2048], base: 1e4, head: 64,
      type: "falcon", source: card),
    PublishedModel(
      "OpenChat 3.5", names: "openchat3.5", "starlinglm7b", native: 8192, windows: [8192], base: 1e4, head: 128,
      type: "mistral", source: card),
    PublishedModel(
      "SOLAR 10.7B", names: "solar10.7b", native: 4096, windows: [4096], base: 1e4, head: 128, type: "llama",
      source: card),
    PublishedModel(
      "Yi-Coder", names: "yicoder", native: 131_072, windows: [131_072], base: 1e7, head: 128, type: "llama",
      source: card),
    PublishedModel(
      "Mistral-NeMo-Minitron", names: "mistralnemominitron", native: 8192, windows: [8192], base: 1e6, head: 128,
      type: "mistral", source: card),
    PublishedModel(
      "Pixtral 12B", names: "pixtral12b", native: 131_072, windows: [131_072], base: 1e9, head: 128, type: "mistral",
      source: "its params.json, unverified"),
    PublishedModel(
      "Yarn-Llama-2 128k", names: "yarnllama2…128k", native: 131_072, pretrained: 4096, windows: [131_072], base: 1e4,
      head: 128, scaling: PublishedScaling("yarn", 32), type: "llama", source: card),
    PublishedModel(
      "Yarn-Llama-2 64k", names: "yarnllama2…64k", native: 65_536, pretrained: 4096, windows: [65_536], base: 1e4,
      head: 128, scaling: PublishedScaling("yarn", 16), type: "llama", source: card),
    PublishedModel(
      "Llama 3 Gradient 1048k", names: "llama38b…gradient1048k", native: 1_048_576, windows: [1_048_576],
      base: 3_580_165_449, head: 128, type: "llama", source: card),
    PublishedModel(
      "Llama 3 Gradient 262k", names: "llama38b…gradient262k", native: 262_144, windows: [262_144],
      base: 283_461_213, head: 128, type: "llama", source: card),
    PublishedModel(
      "ProLong 512k", names: "llama38bprolong512k", native: 524_288, windows: [524_288], base: 128_000_000, head: 128,
      type: "llama", source: "arXiv 2410.02660, unverified"),
    PublishedModel(
      "ProLong 64k", names: "llama38bprolong64k", native: 65_536, windows: [65_536], base: 8_000_000, head: 128,
      type: "llama", source: "arXiv 2410.02660, unverified"),
    PublishedModel(
      "Llama 3.1 UltraLong 1M", names: "llama3.18bultralong1m", native: 1_048_576, pretrained: 8192,
      windows: [1_048_576], base: 5e5, head: 128, scaling: PublishedScaling("yarn", 128), type: "llama",
      source: "arXiv 2504.06214, unverified"),
    PublishedModel(
      "Llama 3.1 UltraLong 2M", names: "llama3.18bultralong2m", native: 2_097_152, pretrained: 8192,
      windows: [2_097_152], base: 5e5, head: 128, scaling: PublishedScaling("yarn", 256), type: "llama",
      source: "arXiv 2504.06214, unverified"),
    PublishedModel(
      "Llama 3.1 UltraLong 4M", names: "llama3.18bultralong4m", native: 4_194_304, pretrained: 8192,
      windows: [4_194_304], base: 5e5, head: 128, scaling: PublishedScaling("yarn", 512), type: "llama",
      source: "arXiv 2504.06214, unverified"),
    PublishedModel(
      "Nemotron Nano 2", names: "nemotronnano9bv2", "nemotronnano12bv2", native: 131_072, windows: [131_072],
      base: 1e4, type: "nemotron_h", source: card),
    PublishedModel(
      "Nemotron-4", names: "nemotron4340b", native: 4096, windows: [4096], base: 1e4, head: 192, share: 0.5,
      type: "nemotron", source: card),
    PublishedModel(
      "Minitron", names: "minitron8b", "minitron4b", native: 4096, windows: [4096], base: 1e4, head: 128, share: 0.5,
      type: "nemotron", source: card),
    PublishedModel(
      "BitNet 2B", names: "bitnetb1.582b", native: 4096, windows: [4096], base: 5e5, head: 128, type: "bitnet",
      source: card),
    PublishedModel(
      "Granite Code 128k", names: "granite8bcode…128k", native: 128_000, windows: [128_000], base: 1e7, head: 128,
      type: "llama", source: card),
    PublishedModel(
      "Aya 8B", names: "aya238b", "ayaexpanse8b", native: 8192, windows: [8192], base: 1e4, head: 128, type: "cohere",
      source: card),
    PublishedModel(
      "Grok 1", names: "grok1", native: 8192, windows: [8192], base: 1e4, head: 128, type: "grok", source: card),
    PublishedModel(
      "Grok 2", names: "grok2", native: 131_072, windows: [131_072], base: 208_533_496, head: 128, type: "grok",
      source: card),
    PublishedModel(
      "OLMo 7B 0724", names: "olmo7b0724", "olmo1.77b", "olmoe1b7b", native: 4096, windows: [4096], base: 1e4,
      head: 128,
      type: "olmo", source: card),
    PublishedModel(
      "StarCoder2 15B", names: "starcoder215b", native: 16_384, windows: [16_384], base: 1e5, head: 128,
      type: "starcoder2", source: card),
    PublishedModel(
      "StarCoder2 7B", names: "starcoder27b", native: 16_384, windows: [16_384], base: 1e6, head: 128,
      type: "starcoder2", source: card),
    PublishedModel(
      "StarCoder2 3B", names: "starcoder23b", native: 16_384, windows: [16_384], base: 999_999.442_035_881_3, head: 128,
      type: "starcoder2", source: card),
    PublishedModel(
      "Nemotron 3", names: "nemotron3super", "nemotron3ultra", native: 262_144, windows: [262_144], base: 1e4,
      type: "nemotron_h", source: "vllm-project/recipes, models/nvidia; nothing rotates"),
    PublishedModel(
      "Nemotron 3.5 Lightning", names: "nemotron3.5lightning", native: 1_048_576, windows: [1_048_576], base: 1e4,
      type: "nemotron_h", source: "vllm-project/recipes, models/nvidia; nothing rotates"),
    PublishedModel(
      "Qwen3-ASR", names: "qwen3asr", native: 65_536, windows: [65_536], base: 1e6, head: 128, type: "qwen3",
      source: "vllm-project/recipes, models/Qwen/Qwen3-ASR-1.7B.yaml; base from memory"),
    PublishedModel(
      "Hy3", names: "hy3", native: 262_144, windows: [262_144], base: 11_158_840, head: 128, type: "hy_v3",
      source: "vllm-project/recipes, models/tencent/Hy3.yaml; base of its class"),
    PublishedModel(
      "InternVL3.5 8B", names: "internvl3.58b", native: 32_768, windows: [40_960], base: 1e6, head: 128, type: "qwen3",
      source: "vllm-project/recipes, models/OpenGVLab/InternVL3_5-8B.yaml; it is built on Qwen3 8B"),
    PublishedModel(
      "Kimi Linear", names: "kimilinear", native: 1_048_576, windows: [1_048_576], base: 1e4, type: "kimi_linear",
      source: card),
    PublishedModel(
      "Seed-Coder 8B", names: "seedcoder8b", native: 32_768, windows: [32_768], base: 5e5, head: 128, type: "llama",
      source: card),
    PublishedModel(
      "LongCat-Flash", names: "longcatflash", native: 131_072, windows: [131_072], base: 1e7, head: 64,
      type: "longcat_flash", source: card),
    PublishedModel(
      "Baichuan 2 7B", names: "baichuan27b", native: 4096, windows: [4096], base: 1e4, head: 128, type: "baichuan",
      source: card),
  ]
}
