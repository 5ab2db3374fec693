import RopeMath

extension RotaryPlan {
  /// Share of a logit's features that rotate, `d/D`; D counts the un-rotated ones beside the head of latent attention.
  var rotatedShare: Double { min(1, Double(2 * pairCount) / Double(geometry.scoreDimension)) }

  /// What the plan makes of isotropic logits of standard deviation σ, for the query at position `p`:
  /// `t g(p) σ √(a⁴ d/D + 1 − d/D)`; nats. Rotation itself leaves the distribution alone. Not a number where there is no
  /// one spread: heads differ, or the plan multiplies logits by their distance.
  func logitDeviation(of deviation: Double, query p: Int) -> Double {
    hasOneMultiplier ? logitDeviation(of: deviation, query: p, distance: 0) : .nan
  }

  /// Whether all logits of a query are multiplied alike, whatever is added to them.
  var hasOneMultiplier: Bool {
    if case .scaleInvariant = logitByDistance { return false }
    return queryScale.isUniform
  }

  /// The same for a key at an effective distance, of plans without a change of logits with the true one: decay leaves `(1/m) Σ e^(−2Δr_i)` of the rotated features' variance.
  func logitDeviation(of deviation: Double, query p: Int, distance: Double) -> Double {
    let squared = attentionFactor * attentionFactor
    let left =
      decayRates.map { rates in
        rates.reduce(0) { $0 + Double.exp(-2 * distance * $1) } / Double(max(1, rates.count))
      } ?? 1
    let spread = (rotatedShare * squared * squared * left + 1 - rotatedShare).squareRoot()
    return softmaxScaleFactor * abs(queryScale.value(at: p)) * deviation * spread
  }
}
