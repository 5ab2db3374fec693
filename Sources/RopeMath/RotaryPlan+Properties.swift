/// Quantities that follow from a plan by one line of arithmetic.
extension RotaryPlan {
  public var pairCount: Int { inverseFrequencies.count }

  /// `λ′_i = 2π/θ′_i`, tokens per turn; infinite for a pair that is not rotated.
  public var wavelengths: [Double] { inverseFrequencies.map { 2 * .pi / $0 } }

  /// `ρ_i = θ′_i/θ_i` against the unscaled frequencies of the plan's geometry: 1 is extrapolated, `1/s` fully
  /// interpolated, 0 not rotated.
  public var interpolationRatios: [Double] {
    zip(inverseFrequencies, geometry.inverseFrequencies).map { $0 / $1 }
  }

  /// What every rotated logit is multiplied by at query position 0: `t · a²`.
  public var logitFactor: Double { softmaxScaleFactor * attentionFactor * attentionFactor }

  /// `φ(p, r)`: the relative distance, in tokens, that the rotation expresses between a query at `p` and a key at `r`.
  /// Nil where no band holds the two; where bands are added, that of the first. Under landmark retrieval a key of a block
  /// that is older than those that fit stands in the block before them, as its landmark does while it is scored.
  public func effectiveDistance(query p: Int, key: Int) -> Double? {
    var r = key
    if let (block, count) = retrieval {
      let oldest = p / block - count - 1
      if key / block < oldest { r = oldest * block + key % block }
    }
    for index in bands.indices where bands[index].region.contains(query: p, key: r) {
      return bands[index].distance(query: p, key: r)
    }
    return nil
  }

  /// Tokens of a landmark block and how many earlier blocks a query retrieves; nil where none are.
  public var retrieval: (block: Int, count: Int)? {
    guard case .landmark(let block, let count?) = normalisation, block > 0 else { return nil }
    return (block, count)
  }

  /// Whether true distances are kept everywhere, as in every method that changes frequencies only.
  public var keepsTrueDistances: Bool { bands == [.plain] }

  /// The same, with no landmark retrieval that would move blocks.
  public var readsTrueDistances: Bool { keepsTrueDistances && retrieval == nil }

  /// Whether layers compute differently, so that `onLayer` must be asked.
  public var differsByLayer: Bool { rotatedLayers != nil || scaledLayers != nil }

  /// The plan as layer `layer`, counted from 0, computes it: without rotation or without the query scale where the plan
  /// leaves that layer out.
  public func onLayer(_ layer: Int) -> RotaryPlan {
    var plan = self
    if rotatedLayers?.contains(layer) == false { plan.inverseFrequencies = plan.inverseFrequencies.map { _ in 0 } }
    if scaledLayers?.contains(layer) == false { plan.queryScale = .one }
    plan.rotatedLayers = nil
    plan.scaledLayers = nil
    return plan
  }

  /// Whether a query's weights follow from one softmax over rotated logits with one factor for all heads: no change of
  /// logits with distance, no sink, no scale of each head.
  public var hasPlainLogits: Bool { logitByDistance == nil && sink == nil && queryScale.isUniform }

  /// Whether every list of numbers by head suits a model of so many query heads.
  public func fits(heads: Int) -> Bool {
    var lists = queryScale.headValues + [sink].compactMap { $0 }
    if case .linear(let slopes?) = logitByDistance { lists.append(slopes) }
    return lists.allSatisfy { $0.fits(heads: heads) }
  }
}
