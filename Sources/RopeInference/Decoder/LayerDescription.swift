/// One layer of a decoder as data: what is normed, attended, fed forward and added, and in which order.
public struct LayerDescription: Sendable, Hashable, Codable {
  public var attention: AttentionDescription
  public var feedForward: FeedForwardDescription
  /// Before attention; nil for none.
  public var attentionNorm: NormDescription?
  /// On the output of attention, before it is added.
  public var attentionOutputNorm: NormDescription?
  /// Before the feed-forward layer; nil for none, or in a parallel layer for the row that attention reads.
  public var feedForwardNorm: NormDescription?
  public var feedForwardOutputNorm: NormDescription?
  /// Attention and feed-forward layer read the same state and are added together (GPT-NeoX).
  public var isParallel = false
  /// Multiplies what is added to the state (Granite).
  public var residualScale = 1.0
  /// Features of the token's row of its own for this layer, added at its end (Gemma 4); nil for none.
  public var tokenInput: Int?
  /// The file has a number that multiplies the layer's result.
  public var hasScale = false

  public init(attention: AttentionDescription, feedForward: FeedForwardDescription, norm: NormDescription) {
    self.attention = attention
    self.feedForward = feedForward
    attentionNorm = norm
    feedForwardNorm = norm
  }

  /// Weights that a token meets.
  func activeParameters(hidden: Int) -> Int {
    attention.parameters(hidden: hidden) + feedForward.activeParameters(hidden: hidden) + 2 * hidden * (tokenInput ?? 0)
  }

  func parameters(hidden: Int) -> Int {
    attention.parameters(hidden: hidden) + feedForward.parameters(hidden: hidden) + 2 * hidden * (tokenInput ?? 0)
  }
}
