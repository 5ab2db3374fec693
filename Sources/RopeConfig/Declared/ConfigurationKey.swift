/// A key of a model's configuration: its name in transformers 5, and what it is called elsewhere.
///
/// The table below holds every key that has more than one name, or that more than one part of the house asks for. Which
/// of the names a class reads is a fact of its family (`Family`), which of them a runtime reads one of its dialect.
public struct ConfigurationKey: Sendable, Hashable {
  /// The canonical name.
  public let name: String
  /// Every name in a file of JSON, in the order in which they are looked at; the canonical one first.
  public let spellings: [String]
  /// The key in a GGUF file, below the architecture's name.
  public let gguf: String?
  /// The type that a GGUF file, and `--override-kv`, must give it: `int`, `float` or `str`.
  public let ggufType: String
  /// The key in the scaling of Mistral's `params.json`, where it is another one.
  public let parameters: String?
  /// Whether it stands in the scaling dictionary.
  public let isOfScaling: Bool
  /// What it says, in a sentence.
  public let meaning: String

  private init(
    _ name: String, _ others: [String] = [], gguf: String? = nil, _ ggufType: String = "int", parameters: String? = nil,
    isOfScaling: Bool = false, means meaning: String
  ) {
    self.name = name
    spellings = [name] + others
    self.gguf = gguf
    self.ggufType = ggufType
    self.parameters = parameters
    self.isOfScaling = isOfScaling
    self.meaning = meaning
  }

  // MARK: Sizes

  public static let layers = ConfigurationKey(
    "num_hidden_layers",
    ["n_layer", "num_layers", "n_layers", "decoder_num_hidden_layers", "num_transformer_layers"], gguf: "block_count",
    means: "Layers of the model.")
  public static let heads = ConfigurationKey(
    "num_attention_heads", ["n_head", "n_heads", "num_heads", "decoder_num_attention_heads"],
    gguf: "attention.head_count", means: "Heads of a query in each layer.")
  public static let keyValueHeads = ConfigurationKey(
    "num_key_value_heads", ["n_kv_heads", "multi_query_group_num", "num_kv_heads"], gguf: "attention.head_count_kv",
    means: "Heads of keys and values; several query heads share one.")
  public static let hiddenSize = ConfigurationKey(
    "hidden_size", ["n_embd", "dim", "d_model", "model_dim"], gguf: "embedding_length",
    means: "Features of a token between layers; over the heads it is the head size where none is given.")
  public static let headDimension = ConfigurationKey(
    "head_dim", ["kv_channels", "attention_head_dim"], gguf: "attention.key_length", means: "Features of a head.")
  public static let latentRank = ConfigurationKey(
    "kv_lora_rank", gguf: "attention.kv_lora_rank",
    means: "Rank of the compressed cache of multi-head latent attention.")

  // MARK: Lengths

  /// Tokens that the file says the model takes.
  public static let window = ConfigurationKey(
    "max_position_embeddings",
    [
      "n_positions", "max_sequence_length", "seq_length", "max_seq_len", "model_max_length", "n_ctx",
      "pretraining_sequence_length", "rope_max_length", "max_context_length", "max_seq_length", "seq_len",
    ], gguf: "context_length",
    means: "Tokens that the file says the model takes; in a scaled file the extended window in most families.")
  public static let slidingWindow = ConfigurationKey(
    "sliding_window", ["sliding_window_size", "local_attention", "attention_chunk_size"],
    gguf: "attention.sliding_window", means: "Tokens back that layers with a window see.")

  // MARK: Rotation

  public static let base = ConfigurationKey(
    "rope_theta",
    ["rotary_emb_base", "rope_base", "rotary_base", "rope_freq_base", "rope_embedding_base", "global_rope_theta"],
    gguf: "rope.freq_base", "float", means: "The base b of the frequencies θ_i = b^(−2i/d).")
  public static let slidingBase = ConfigurationKey(
    "rope_local_base_freq", ["local_rope_theta", "swa_rope_theta"], gguf: "rope.freq_base_swa", "float",
    means: "The base of layers with a sliding window, where it is another one.")
  /// Rotated features as a share of the head.
  public static let share = ConfigurationKey(
    "partial_rotary_factor", ["rotary_pct", "rotary_percentage", "rope_pct", "rotary_emb_fraction"],
    means: "Share of the head that rotates.")
  /// Rotated features of the head.
  public static let rotaryDimension = ConfigurationKey(
    "rotary_dim", gguf: "rope.dimension_count", means: "Features of the head that rotate.")
  /// Whether neighbouring features make a pair.
  public static let pairLayout = ConfigurationKey(
    "rope_interleave", ["rope_interleaved", "rotary_emb_interleaved", "rope_traditional"],
    means: "Whether neighbouring features make a pair, in place of the two halves of the head.")
  /// The scaling dictionary: `rope_parameters` since transformers 5, which still reads the older name.
  public static let scaling = ConfigurationKey(
    "rope_scaling", ["rope_parameters"],
    means:
      "The dictionary that says how frequencies are scaled; transformers 5 writes rope_parameters, with the base in it."
  )

  // MARK: Scaling

  public static let scalingType = ConfigurationKey(
    "rope_type", ["type"], gguf: "rope.scaling.type", "str", isOfScaling: true,
    means: "Which method scales: linear, dynamic, yarn, longrope, llama3, …")
  public static let factor = ConfigurationKey(
    "factor", gguf: "rope.scaling.factor", "float", isOfScaling: true,
    means: "How many times longer the context is to be than the trained one.")
  public static let originalLength = ConfigurationKey(
    "original_max_position_embeddings", gguf: "rope.scaling.original_context_length", isOfScaling: true,
    means: "Tokens that the weights were trained with before scaling; ramps and factors count from it.")
  public static let betaFast = ConfigurationKey(
    "beta_fast", gguf: "rope.scaling.yarn_beta_fast", "float", parameters: "beta", isOfScaling: true,
    means: "Turns within the trained length from which on YaRN leaves a pair alone.")
  public static let betaSlow = ConfigurationKey(
    "beta_slow", gguf: "rope.scaling.yarn_beta_slow", "float", parameters: "alpha", isOfScaling: true,
    means: "Turns within the trained length up to which YaRN interpolates a pair in full.")
  public static let attentionFactor = ConfigurationKey(
    "attention_factor", gguf: "rope.scaling.attn_factor", "float", isOfScaling: true,
    means:
      "Multiplies cos and sin, and so the logits by its square; YaRN derives it from the factor where it is left out.")

  public static let all = [
    layers, heads, keyValueHeads, hiddenSize, headDimension, latentRank, window, slidingWindow, base, slidingBase,
    share, rotaryDimension, pairLayout, scaling, scalingType, factor, originalLength, betaFast, betaSlow,
    attentionFactor,
  ]
}

extension Declaration {
  /// A key of the text configuration, else of the root, under the first of its names that is there and not null.
  public func value(_ key: ConfigurationKey) -> DeclaredValue? { value(anyOf: key.spellings) }
}

extension DeclaredValue {
  public func member(_ key: ConfigurationKey) -> DeclaredValue? { member(anyOf: key.spellings) }
}
