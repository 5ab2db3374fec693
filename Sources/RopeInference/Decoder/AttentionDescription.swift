import RopeMath

/// Attention of one layer as data.
public struct AttentionDescription: Sendable, Hashable, Codable {
  /// How the query, key and value projections lie in the file.
  public enum ProjectionLayout: String, Sendable, Hashable, Codable {
    case separate
    /// One matrix: all queries, then all keys, then all values (Phi-3; GGUF).
    case stacked
    /// One matrix, key head by key head: its queries, its key, its value (GPT-NeoX, Falcon).
    case grouped
  }

  /// Multi-head latent attention: keys and values are expanded from a narrow row, a shared slice of keys is rotated.
  public struct Latent: Sendable, Hashable, Codable {
    /// Width of the narrow row of queries; nil where they are projected at once.
    public var queryRank: Int?
    public var keyValueRank: Int
    /// Features of a head that are not rotated, and those that are.
    public var plain: Int
    public var rotated: Int
    public var value: Int
    public var hasBias: Bool
  }

  /// A normalisation of queries and keys.
  public struct HeadNorm: Sendable, Hashable, Codable {
    public enum Scope: String, Sendable, Hashable, Codable {
      /// Head by head, one weight for all heads.
      case head
      /// Head by head, each head with a weight of its own.
      case eachHead
      /// All heads together.
      case projection
    }

    public var norm: NormDescription
    public var scope: Scope
    /// After rotation; else before it.
    public var isAfterRotation: Bool

    public init(_ norm: NormDescription, scope: Scope = .head, isAfterRotation: Bool = false) {
      self.norm = norm
      self.scope = scope
      self.isAfterRotation = isAfterRotation
    }
  }

  /// The layer type whose plan rotates it; nil where it does not rotate (NoPE).
  public var rotation: String?
  public var heads: Int
  public var keyValueHeads: Int
  /// Features of a query, key and value head as the kernel has them; latent attention's are filled up with zeros.
  public var headDimension: Int
  /// How many of the last keys a query sees, its own included; nil for all.
  public var window: Int?
  /// A query sees the keys of its own run of so many tokens; nil for no runs (Llama 4).
  public var chunk: Int?
  /// Multiplier of logits; nil for `1/√D`.
  public var scale: Double?
  /// Logits become `cap · tanh(logit / cap)`.
  public var softCap: Double?
  /// A learned logit of each head joins its softmax (gpt-oss).
  public var hasSinks = false
  /// Multiplier of the query by its position, beside the plan's (Llama 4's layers without rotation).
  public var temperature = QueryScale.one
  public var projections = ProjectionLayout.separate
  public var hasBias = false
  public var hasOutputBias = false
  public var headNorm: HeadNorm?
  /// Values are normed head by head, without a weight (Gemma 4).
  public var valueNorm: NormDescription?
  /// Queries, keys and values are cut off at ± this (OLMo).
  public var clip: Double?
  public var latent: Latent?
  /// The values are the keys before their norm.
  public var keysAreValues = false
  /// The earlier layer whose keys and values it reads (Gemma 4).
  public var keysFrom: Int?

  /// Features of all query heads.
  public var queryFeatures: Int { heads * headDimension }
  /// Features of all key heads.
  public var keyFeatures: Int { keyValueHeads * headDimension }
  /// Features of a value head in the file.
  var valueDimension: Int { latent?.value ?? headDimension }

  /// Weights of the projections.
  func parameters(hidden: Int) -> Int {
    guard let latent else { return hidden * (2 * queryFeatures + (keysFrom == nil ? 2 * keyFeatures : 0)) }
    let queries = latent.queryRank.map { $0 * (hidden + queryFeatures) } ?? hidden * queryFeatures
    let keys = latent.keyValueRank * (hidden + 2 * queryFeatures) + hidden * latent.rotated
    return queries + keys + hidden * queryFeatures
  }
}
