import RopeMath

extension RotaryPlan {
  /// Share of a logit's features that rotate, `d/D`; D counts the un-rotated ones beside the head of latent attention.
  var rotatedShare: Double { min(1, Double(2 * pairCount) / Double(geometry.scoreDimension)) }

  /// What the plan makes of isotropic logits of standard deviation σ, for the query at position `p`:
  /// `t g(p) σ √(a⁴ d/D + 1 − d/D)`; nats. Rotation itself leaves the distribution alone.
  func logitDeviation(of deviation: Double, query p: Int) -> Double {
    let squared = attentionFactor * attentionFactor
    let spread = (rotatedShare * squared * squared + 1 - rotatedShare).squareRoot()
    return softmaxScaleFactor * abs(queryScale.value(at: p)) * deviation * spread
  }
}
