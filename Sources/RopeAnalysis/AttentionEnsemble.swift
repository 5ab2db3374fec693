/// A statistical model of a head's queries and keys, in place of measured ones: independent Gaussian features whose
/// logits have standard deviation `logitDeviation`, and, where `meanLogit` is not 0, a mean in each pair that makes the
/// logit at distance 0 larger by `meanLogit` on average. A model, not a fact about a network.
public struct AttentionEnsemble: Sendable, Hashable, Codable {
  /// σ of the logits at the trained length, before any temperature; nats.
  public var logitDeviation: Double
  /// Mean logit at distance 0 that the means of q and k add, shared equally by all pairs; nats. The mean logit at
  /// distance Δ is `meanLogit · (1/m) Σ cos(Δ θ′_i)`.
  public var meanLogit: Double
  /// Independent queries drawn for each simulated property; at least 64.
  public var sampleCount: Int

  public init(logitDeviation: Double = 2, meanLogit: Double = 4, sampleCount: Int = 64) {
    self.logitDeviation = logitDeviation
    self.meanLogit = meanLogit
    self.sampleCount = sampleCount
  }
}
