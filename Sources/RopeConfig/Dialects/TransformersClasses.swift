/// When model classes came to transformers: first release that has them. Types that are not listed are older than 4.43
/// or not known.
enum TransformersClasses {
  private static let rows: [(first: String, types: [String])] = [
    ("4.33", ["falcon"]), ("4.34", ["mistral", "persimmon"]), ("4.36", ["mixtral", "phi"]),
    ("4.37", ["qwen2"]), ("4.38", ["gemma", "stablelm"]), ("4.39", ["cohere", "starcoder2"]),
    ("4.40", ["olmo", "qwen2_moe", "dbrx", "jamba"]), ("4.41", ["phi3", "jetmoe"]), ("4.42", ["gemma2"]),
    ("4.44", ["nemotron"]), ("4.45", ["granite", "granitemoe", "mllama", "olmoe", "qwen2_vl"]),
    ("4.46", ["phimoe", "glm"]), ("4.47", ["olmo2"]),
    ("4.48", ["cohere2", "bamba", "modernbert", "diffllama"]), ("4.49", ["qwen2_5_vl", "helium"]),
    ("4.50", ["gemma3", "gemma3_text", "mistral3", "phi4_multimodal"]),
    ("4.51", ["qwen3", "qwen3_moe", "deepseek_v3", "llama4", "llama4_text", "glm4"]), ("4.53", ["smollm3"]),
    ("4.54", ["glm4_moe", "ernie4_5", "ernie4_5_moe", "exaone4", "deepseek_v2", "lfm2"]), ("4.55", ["gpt_oss"]),
    ("4.56", ["apertus", "seed_oss", "hunyuan_v1_dense", "hunyuan_v1_moe"]),
    ("4.57", ["olmo3", "qwen3_next", "qwen3_vl", "qwen3_vl_text", "ministral"]),
    ("5.0", ["minimax_m2", "solar_open", "afmoe", "cwm", "ministral3"]),
    ("5.3", ["qwen3_5", "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text", "glm_moe_dsa", "olmo_hybrid"]),
    ("5.5", ["gemma4", "gemma4_text", "mistral4", "nomic_bert"]), ("5.7", ["laguna"]),
    ("5.8", ["hy_v3", "deepseek_v4"]), ("5.13", ["deepseek_v32", "mimo_v2_flash", "minicpm3", "hunyuan_vl"]),
    ("5.16", ["step3p7"]), ("5.20", ["bailing_hybrid"]),
  ]

  private static let first: [String: RuntimeVersion] = {
    var table: [String: RuntimeVersion] = [:]
    for row in rows { for type in row.types { table[type] = RuntimeVersion(row.first) } }
    return table
  }()

  /// Whether a release came before the class; false for a version that is not told.
  static func isMissing(_ modelType: String, _ version: RuntimeVersion?) -> Bool {
    guard let version, let first = first[modelType] else { return false }
    return version < first && !version.holds(first)
  }
}
