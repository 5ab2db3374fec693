import RealModule

/// Grok's `yarn_log`: YaRN's ramp between frequencies on a logarithmic scale, without its temperature.
public struct LogarithmicYaRN: ScalingMethod {
  public static let card = MethodCard(
    id: "yarn-log", aliases: ["yarn_log"], title: "YaRN, logarithmic blend (Grok)", shortTitle: "yarn_log",
    summary: """
      YaRN's ramp over the pairs, but the blend is of the frequencies' logarithms, so that each step of the ramp divides \
      by the same factor; no temperature is applied. Grok's open weights ask for it.
      """,
    formula: "θ′_i = θ_i · s^(−(1 − M_i)),  M_i = e·(1 − r_i)",
    stages: [.frequencies],
    parameters: [.factor, .originalLength] + YaRNRamp.turnParameters + [
      MethodParameter(
        "extrapolation_factor", range: 0...1, default: .constant(.number(1)),
        summary: "e: weight of the unscaled frequencies")
    ],
    references: [Reference("SGLang", source: "python/sglang/srt/models/grok.py", place: "ScalingRotaryEmbedding")],
    hazardClass: "K0", training: .optional, cost: "As YaRN.",
    implementers: ["SGLang (Grok)"], isComparedByDefault: false)

  public let factor: Double
  public let ramp: YaRNRamp
  public let extrapolationWeight: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = YaRNRamp(values)
    extrapolationWeight = values.number("extrapolation_factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let weights = ramp.weights(count: plan.pairCount, dimension: plan.geometry.rotaryDimension, base: plan.base)
    let logarithm = Double.log(factor)
    for i in plan.inverseFrequencies.indices {
      plan.inverseFrequencies[i] *= .exp(-(1 - extrapolationWeight * (1 - weights[i])) * logarithm)
    }
  }
}
