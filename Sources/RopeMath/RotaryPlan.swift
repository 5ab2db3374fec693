import RealModule

/// What a context-extension method, whatever its paper calls it, makes of one model at one length.
///
/// Analysis, figures, checks and kernels read plans and know no method. The logit of query `p` on key `r` is
/// `softmaxScaleFactor · queryScale(p) · attentionFactor² · ⟨R(f(p)) q, R(g(r)) k⟩ / √D` on the rotated features, with
/// `f`, `g` the position functions of the band that (p, r) falls in; with decay rates, pair `i` of the product is
/// multiplied by `exp(−rate_i · (f(p) − g(r)))`. Where there is a change of logits with the true distance it comes last,
/// and a sink takes its share of the softmax.
public struct RotaryPlan: Sendable, Hashable, Codable {
  /// The model's own geometry. Methods that rotate another share of the head change its rotary dimension.
  public var geometry: RotaryGeometry
  /// Tokens in context, `L`.
  public let length: Int
  /// The base that the frequencies were made from; differs from the geometry's where a method changes it.
  public var base: Double
  /// `θ′_i`, radians per token; 0 for a pair that is not rotated.
  public var inverseFrequencies: [Double]
  /// `a`: multiplies both cos and sin, hence the rotated part of every logit by `a²`.
  public var attentionFactor: Double
  /// `t`: multiplies every logit, un-rotated features included (multi-head latent attention).
  public var softmaxScaleFactor: Double
  public var queryScale: QueryScale
  /// How far apart two tokens look; the first band whose region holds (p, r) decides, and added bands join it.
  public var bands: [PositionBand]
  /// Natural-log rate at which the logit of pair `i` shrinks with every token of effective distance (XPos); nil for
  /// no decay.
  public var decayRates: [Double]?
  /// The position counter that pair `i` reads in a multimodal model (M-RoPE); nil where there is one for all.
  public var pairStreams: [PositionStream]?
  public var visibility: Visibility
  public var normalisation: Normalisation
  public var cachedKeys: CachedKeys
  /// What becomes of logits with the true distance, additive biases included (ALiBi); nil for nothing.
  public var logitByDistance: LogitByDistance?
  /// Logit of the sink, in nats, one for all query heads or one a head: `exp(sink)` joins the softmax's denominator, so
  /// that weights add up to less than 1 (gpt-oss); nil for none.
  public var sink: HeadValues?
  /// Layers in which the pairs rotate; in the others every frequency counts as 0 (iRoPE). Nil for all.
  public var rotatedLayers: LayerSelection?
  /// Layers in which the query scale counts (Entropy-ABF leaves the first two alone). Nil for all.
  public var scaledLayers: LayerSelection?

  /// Plain RoPE: unscaled frequencies, true distances, one causal softmax.
  ///
  /// - Throws: `GeometryError.trainedLength` where `length` is not a possible length.
  public init(geometry: RotaryGeometry, length: Int) throws(GeometryError) {
    guard (1...RotaryGeometry.largestLength).contains(length) else { throw .trainedLength(length) }
    self.geometry = geometry
    self.length = length
    base = geometry.base
    inverseFrequencies = geometry.inverseFrequencies
    attentionFactor = 1
    softmaxScaleFactor = 1
    queryScale = .one
    bands = [.plain]
    visibility = .causal
    normalisation = .softmax
    cachedKeys = .fixed
  }
}
