import RopeJSON

extension Declaration {
  /// Whether the metadata of a GGUF file are what is declared.
  var isGGUF: Bool { source.bytes.isEmpty && source.path?.lowercased().hasSuffix(".gguf") == true }
}

extension GGUFArchitecture {
  /// Classes whose files llama.cpp's converter writes as another architecture, or under another spelling.
  private static let names = [
    "mistral": "llama", "mixtral": "llama", "qwen3_moe": "qwen3moe", "qwen2_moe": "qwen2moe", "gpt_oss": "gpt-oss",
    "gpt_neox": "gptneox", "cohere": "command-r", "deepseek_v2": "deepseek2", "deepseek_v3": "deepseek2",
    "kimi_k2": "deepseek2", "ministral3": "mistral3", "gemma3": "gemma3", "gemma3_text": "gemma3", "phi": "phi2",
    "llama4_text": "llama4", "llama4": "llama4", "qwen3_next": "qwen3next", "glm4_moe": "glm4moe",
    "qwen3_vl": "qwen3vl", "qwen3_vl_text": "qwen3vl", "qwen3_vl_moe": "qwen3vlmoe", "qwen3_vl_moe_text": "qwen3vlmoe",
    "qwen2_vl": "qwen2vl", "qwen2_5_vl": "qwen2vl", "qwen3_5": "qwen35", "qwen3_5_text": "qwen35",
    "qwen3_5_moe": "qwen35moe", "qwen3_5_moe_text": "qwen35moe", "olmo3": "olmo2", "hunyuan_v1_moe": "hunyuan-moe",
    "hunyuan_v1_dense": "hunyuan-dense", "minimax_m2": "minimax-m2", "ernie4_5_moe": "ernie4_5-moe",
    "granitemoehybrid": "granitehybrid", "gemma4_text": "gemma4", "bailing_moe": "bailingmoe", "falcon_h1": "falcon-h1",
    "lfm2_moe": "lfm2moe", "nomic_bert": "nomic-bert", "modernbert": "modern-bert", "bailing_moe_v2": "bailingmoe2",
  ]

  /// The prefix of the keys in a GGUF file of a model class.
  static func name(ofType modelType: String) -> String {
    names[modelType] ?? (modelType.isEmpty ? "llama" : modelType)
  }
}
