/// The keys of scaling dictionaries: which type reads which, and which it cannot do without.
public enum ScalingKeys {
  /// Read with every type.
  public static let common: Set = [
    "rope_type", "type", "rope_theta", "partial_rotary_factor", "mrope_section", "mrope_interleaved",
    "interleaved", "llama_4_scaling_beta", "finetuned", "original_max_position_embeddings",
  ]

  /// What YaRN takes where the file says nothing; under another type, left behind by a class that writes every key.
  public static let untuned: [String: Set<Double>] = [
    "beta_fast": [32], "beta_slow": [1], "mscale": [1], "mscale_all_dim": [0, 1],
  ]

  /// What transformers 5, or vLLM, reads with a type beyond the common keys.
  public static let read: [String: Set<String>] = [
    "default": [], "mrope": [], "linear": ["factor"], "dynamic": ["factor", "alpha"],
    "yarn": [
      "factor", "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim", "truncate",
      "apply_yarn_scaling",
    ],
    "deepseek_yarn": ["factor", "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim", "truncate"],
    "llama3": ["factor", "low_freq_factor", "high_freq_factor"],
    "longrope": ["factor", "short_factor", "long_factor", "attention_factor", "short_mscale", "long_mscale"],
    "proportional": ["factor"],
  ]

  public static let required: [String: [String]] = [
    "linear": ["factor"], "dynamic": ["factor"], "yarn": ["factor"], "deepseek_yarn": ["factor"],
    "llama3": ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"],
    "longrope": ["short_factor", "long_factor"], "mrope": ["mrope_section"],
    "clex": ["max_factor", "param_factor", "time_dt", "act"],
  ]

  /// Every key that some type reads.
  public static let all: Set<String> = read.values.reduce(common) { $0.union($1) }

  /// Types that need a model's own code or another library.
  public static let vendorTypes: [String: String] = [
    "clex": "CLEX's own model code", "ntk_yarn": "the model's own code", "gptj": "MLC's presets",
    "telechat3-yarn": "TeleChat3's own code, or vLLM 0.33", "ntk": "vLLM", "mllama4": "vLLM",
    "xdrope": "HunYuan's own code",
    "deepseek_yarn": "vLLM, SGLang or MLX", "deepseek_llama_scaling": "vLLM", "openpangu": "vLLM",
    "bailing_mrope": "vLLM",
    "dual_chunk": "vLLM",
  ]

  /// Types of transformers 5.
  public static let types = ["default", "linear", "dynamic", "yarn", "longrope", "llama3", "proportional", "mrope"]
}
