import RopeMath

/// One row of attention that is asked for: a plan, how its query's logits are scaled, and how many keys it sees.
struct PositionalDemand: Hashable {
  struct Temperature: Hashable {
    /// `a²`, on the rotated features.
    var rotated: Double
    /// `t · g(p)`, on every feature.
    var all: Double
    /// Features of a logit, which decide the ensemble's spread.
    var headDimension: Int
  }

  let plan: RotaryPlan
  let temperature: Temperature
  let keys: Int

  /// Nil for plans that re-map distances, let scores decay with distance, hide keys other than the farthest, group their softmax, or whose logits are not plain.
  init?(plan: RotaryPlan, length: Int) {
    guard plan.readsTrueDistances, plan.decayRates == nil, plan.normalisation == .softmax, plan.hasPlainLogits else {
      return nil
    }
    switch plan.visibility {
    case .causal, .slidingWindow: break
    case .lambda, .shiftedGroups: return nil
    }
    self.plan = plan
    temperature = Temperature(
      rotated: plan.attentionFactor * plan.attentionFactor,
      all: plan.softmaxScaleFactor * plan.queryScale.value(at: length - 1),
      headDimension: plan.geometry.scoreDimension)
    keys = plan.keyCount(query: length - 1)
  }

  static func == (left: PositionalDemand, right: PositionalDemand) -> Bool {
    left.keys == right.keys && left.temperature == right.temperature
      && left.plan.inverseFrequencies == right.plan.inverseFrequencies
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(keys)
    hasher.combine(temperature)
    hasher.combine(plan.inverseFrequencies)
  }
}

/// One method's demands at each length.
struct PositionalRow {
  let label: String
  let lengths: [Int]
  let demands: [PositionalDemand?]

  init(label: String, lengths: [Int], plan: (Int) -> RotaryPlan?) {
    self.label = label
    self.lengths = lengths
    demands = lengths.map { length in plan(length).flatMap { PositionalDemand(plan: $0, length: length) } }
  }

  func demand(at length: Int) -> PositionalDemand? { lengths.firstIndex(of: length).flatMap { demands[$0] } }
}
