/// What a layer's attention looks like beside its plan.
public struct AttentionShape: Sendable, Hashable {
  public var heads: Int
  public var keyValueHeads: Int
  public var headDimension: Int
  /// Tokens that the cache has room for.
  public var capacity: Int
  /// Multiplier of every logit; nil for `1/√D`.
  public var scale: Double?
  public var softCap: Double?
  /// Keys that a query sees, its own included; nil for all.
  public var window: Int?
  /// A query sees the keys of its own run of so many tokens; nil for no runs (Llama 4).
  public var chunk: Int?
  /// What rotated queries and keys, values and the weights of attention are rounded to in the fast kernel.
  public var products = ProductPrecision.full

  var queryFeatures: Int { heads * headDimension }
  var keyFeatures: Int { keyValueHeads * headDimension }
}

/// Learned numbers of one layer's attention.
public struct AttentionExtras: Sendable, Hashable {
  /// Logit of the sink of each head.
  public var sinks: [Double]?
  /// Multiplies the features of a rotated query.
  public var queryWeights: [Double]?

  public static let none = AttentionExtras()
}
