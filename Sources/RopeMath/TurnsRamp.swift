/// The ramp of the YaRN paper and of Llama-3: linear in the turns that a pair makes within the trained length.
///
/// With `r = L0·θ/2π`, weight 0 (fully interpolated) for r < low, 1 (kept) for r > high, linear between (arXiv
/// 2309.00071, eq. 18; Llama 3.1's `apply_scaling`). Where low = high the step at that value keeps r ≥ high.
public struct TurnsRamp: Sendable, Hashable {
  public let trainedLength: Double
  public let low: Double
  public let high: Double

  public init(trainedLength: Double, low: Double, high: Double) {
    self.trainedLength = trainedLength
    self.low = low
    self.high = high
  }

  /// `γ`: share of the unscaled frequency that a pair of this frequency keeps. `low` is tested first, as in
  /// transformers, which matters for the invalid low > high only.
  public func keptShare(inverseFrequency: Double) -> Double {
    let turns = trainedLength * inverseFrequency / (2 * .pi)
    if turns < low { return 0 }
    if turns > high || low >= high { return 1 }
    return (turns - low) / (high - low)
  }

  /// `θ′ = (1 − γ)·θ/s + γ·θ` on the frequencies that stand in the plan.
  func interpolate(_ plan: inout RotaryPlan, by factor: Double) {
    for i in plan.inverseFrequencies.indices {
      let frequency = plan.inverseFrequencies[i]
      let kept = keptShare(inverseFrequency: frequency)
      plan.inverseFrequencies[i] = (1 - kept) * frequency / factor + kept * frequency
    }
  }
}
