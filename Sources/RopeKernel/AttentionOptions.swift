/// What a layer adds to attention beside its rotary plan.
public struct AttentionOptions: Sendable, Hashable {
  /// Multiplier of every logit; nil for `1/√D`.
  public var scale: Double?
  /// Logits become `cap · tanh(logit / cap)` before masking (Gemma 2); nil for none.
  public var softCap: Double?
  /// The layer sees only this many of the last keys, the query's own included, besides what the plan hides; nil for all.
  public var slidingWindow: Int?
  /// A query sees the keys of its own run of so many tokens; nil for no runs (Llama 4).
  public var chunk: Int?
  /// Multiplies the features of a query after rotation, for models that norm after it; nil for 1.
  public var rotatedQueryWeights: [Double]?
  /// Positions of the tokens in the counters of a multimodal model, for plans that share pairs out among them; nil where
  /// every counter is the token's index, as in text.
  public var streams: TokenStreams?

  public init(scale: Double? = nil, softCap: Double? = nil, slidingWindow: Int? = nil, streams: TokenStreams? = nil) {
    self.scale = scale
    self.softCap = softCap
    self.slidingWindow = slidingWindow
    self.streams = streams
  }
}
