/// What llama.cpp's code (`src/models`) does with a file of an architecture, beyond what the file says.
extension GGUFArchitecture {
  /// Whether llama.cpp reads the ends of YaRN's ramp from such a file.
  var readsTurns: Bool { ["grok", "mistral3"].contains(name) }

  /// What the file has for a coefficient 1 of YaRN's logarithm (`mscale_all_dim`); nil where llama.cpp does not read it.
  var logarithmUnit: Double? {
    switch name {
    case "mistral3": 1
    case "deepseek2", "deepseek32", "mistral4": 0.1
    default: nil
    }
  }

  /// Whether llama.cpp reads a temperature of queries.
  var hasTemperature: Bool { ["mistral3", "mistral4", "deepseek2"].contains(name) }

  /// Whether `rope.scaling.finetuned` says if anything rotates at all.
  var switchesRotation: Bool { ["granite", "granitemoe", "granitehybrid"].contains(name) }

  /// Whether llama.cpp reads a window from such a file.
  func readsWindow(layers: Int) -> Bool {
    if name == "exaone4" { return layers == 64 }
    return !GGUFArchitecture.isKnown(name) || Self.windowed.contains(name)
  }

  /// Sliding layers have the base of the others where the file names none, other than the class of the same model.
  var slidesWithSameBase: Bool { name == "olmo2" }

  /// Divisors of frequencies are for the layers that do not slide.
  var slidesUndivided: Bool { name == "gemma4" }

  /// A window that holds here although llama.cpp switches it off.
  var notesWindow: Bool { name == "phi3" }

  private static let windowed: Set = [
    "afmoe", "cohere2", "cohere2moe", "deepseek4", "exaone-moe", "gemma-embedding", "gemma2", "gemma3", "gemma3n",
    "gemma4", "gpt-oss", "laguna", "lfm2", "llama4", "mellum", "mimo2", "modern-bert", "muse-glimmer", "olmo2", "phi3",
    "smallthinker", "step35",
  ]

  /// Keys of config.json whose values are the same in every model of the architecture to llama.cpp, or that it takes
  /// where the file has none.
  var constants: [String: ClassValue] { Self.constantTable[name] ?? [:] }

  private static let constantTable: [String: [String: ClassValue]] = [
    "arcee": ["hidden_act": "relu2"],
    "deepseek2": ["routed_scaling_factor": 1.0, "scoring_func": 1],
    "exaone4": ["sliding_window_pattern": 4],
    "gpt-oss": ["swiglu_alpha": 1.702, "swiglu_limit": 7.0],
    "gpt2": ["activation_function": "gelu_new", "scale_attn_weights": true],
    "falcon": ["activation": "gelu"],
    "gemma4": ["hidden_activation": "gelu_pytorch_tanh"],
    "glm4moe": ["routed_scaling_factor": 1.0, "scoring_func": 2],
    "llama4": [
      "attn_scale": 0.1, "attn_temperature_tuning": true, "floor_scale": 8192, "sliding_window": 8192,
      "use_qk_norm": true,
    ],
    "minimax-m2": ["norm_topk_prob": true],
    "nemotron": ["hidden_act": "relu2"],
    "phi2": ["hidden_act": "gelu_new"],
    "qwen2moe": ["decoder_sparse_step": 1, "norm_topk_prob": false],
    "qwen3moe": ["decoder_sparse_step": 1, "norm_topk_prob": true],
    "starcoder2": ["hidden_act": "gelu_pytorch_tanh"],
  ]
}
