/// One transformer block as data: what is normed, projected, rotated and added, and in which order.
public struct BlockDescription: Sendable, Hashable, Codable {
  /// How the query, key and value projections lie in the file.
  public enum ProjectionLayout: String, Sendable, Hashable, Codable {
    case separate
    /// One matrix: all queries, then all keys, then all values (Phi-3; GGUF).
    case stacked
    /// One matrix, head by head: query, key and value of each (GPT-NeoX).
    case byHead
  }

  public enum FeedForward: String, Sendable, Hashable, Codable {
    /// `down(activation(gate x) · up x)`.
    case gated
    /// The same, gate and up in one matrix, gate first (Phi-3).
    case gatedStacked
    /// `down(activation(up x))`.
    case plain
  }

  public var norm: NormDescription
  /// The outputs of attention and of the feed-forward layer are normed before they are added (Gemma 2 and 3).
  public var normsOutputs: Bool
  /// Queries and keys are normed head by head before rotation (Qwen3, Gemma 3).
  public var normsQueriesAndKeys: Bool
  /// Attention and feed-forward layer read the same input and are added together (GPT-NeoX).
  public var isParallel: Bool
  public var projections: ProjectionLayout
  public var hasProjectionBias: Bool
  public var hasOutputBias: Bool
  public var feedForward: FeedForward
  public var activation: Activation
  public var hasFeedForwardBias: Bool
  /// Multiplier of attention logits; nil for `1/√D`. They have no soft cap: transformers' Gemma 3 reads
  /// `attn_logit_softcapping` and does not apply it, and llama.cpp has none either.
  public var attentionScale: Double?

  public init(
    norm: NormDescription, normsOutputs: Bool = false, normsQueriesAndKeys: Bool = false, isParallel: Bool = false,
    projections: ProjectionLayout = .separate, hasProjectionBias: Bool = false, hasOutputBias: Bool = false,
    feedForward: FeedForward = .gated, activation: Activation = .silu, hasFeedForwardBias: Bool = false,
    attentionScale: Double? = nil
  ) {
    self.norm = norm
    self.normsOutputs = normsOutputs
    self.normsQueriesAndKeys = normsQueriesAndKeys
    self.isParallel = isParallel
    self.projections = projections
    self.hasProjectionBias = hasProjectionBias
    self.hasOutputBias = hasOutputBias
    self.feedForward = feedForward
    self.activation = activation
    self.hasFeedForwardBias = hasFeedForwardBias
    self.attentionScale = attentionScale
  }
}
