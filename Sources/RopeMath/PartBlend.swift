/// The two-ramp blend of the YaRN repository's Part-NTK classes, static and dynamic.
public struct PartBlend: Sendable, Hashable {
  public let trainedLength: Double
  public let ntkWeight: Double
  public let extrapolationWeight: Double

  public init(trainedLength: Double, ntkWeight: Double = 1, extrapolationWeight: Double = 1) {
    self.trainedLength = trainedLength
    self.ntkWeight = ntkWeight
    self.extrapolationWeight = extrapolationWeight
  }

  public init(_ values: ParameterValues) {
    self.init(
      trainedLength: values.number("original_max_position_embeddings", default: 1),
      ntkWeight: values.number("ntk_factor", default: 1),
      extrapolationWeight: values.number("extrapolation_factor", default: 1))
  }

  /// - Throws: `MethodError.undefined` for a rotary dimension of 2.
  func interpolate(_ plan: inout RotaryPlan, by factor: Double) throws(MethodError) {
    let d = plan.geometry.rotaryDimension
    let unscaled = plan.inverseFrequencies
    let towardsNTK = kept(plan, fast: 1.25, slow: 0.75, weight: ntkWeight, dimension: d)
    let towardsUnscaled = kept(plan, fast: 16, slow: 2, weight: extrapolationWeight, dimension: d)
    var aware = plan
    try NTKAware.scale(&aware, by: factor)
    for i in plan.inverseFrequencies.indices {
      let blended = unscaled[i] / factor * (1 - towardsNTK[i]) + aware.inverseFrequencies[i] * towardsNTK[i]
      plan.inverseFrequencies[i] = blended * (1 - towardsUnscaled[i]) + unscaled[i] * towardsUnscaled[i]
    }
  }

  private func kept(_ plan: RotaryPlan, fast: Double, slow: Double, weight: Double, dimension: Int) -> [Double] {
    YaRNRamp(trainedLength: trainedLength, betaFast: fast, betaSlow: slow)
      .weights(count: plan.pairCount, dimension: dimension, base: plan.base).map { (1 - $0) * weight }
  }
}
