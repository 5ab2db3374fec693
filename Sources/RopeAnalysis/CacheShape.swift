/// What a key–value cache is made of: enough to say how large it is at a length.
public struct CacheShape: Sendable, Hashable, Codable {
  public var layers: Int
  public var heads: Int
  public var keyValueHeads: Int
  /// Features of a query or key, un-rotated ones of latent attention included.
  public var headDimension: Int
  /// Features of a value; nil for `headDimension`.
  public var valueDimension: Int?
  /// Layers that keep only `window` tokens.
  public var slidingLayers: Int
  public var window: Int?
  /// Numbers cached per token and layer under multi-head latent attention (latent rank + rotary part); nil elsewhere.
  public var latentDimension: Int?

  public init(
    layers: Int, heads: Int, keyValueHeads: Int, headDimension: Int, slidingLayers: Int = 0, window: Int? = nil,
    latentDimension: Int? = nil, valueDimension: Int? = nil
  ) {
    self.layers = layers
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.slidingLayers = slidingLayers
    self.window = window
    self.latentDimension = latentDimension
    self.valueDimension = valueDimension
  }
}
