import RealModule

/// YaRN as TeleChat3 has it: another coefficient of the temperature.
public struct TeleChatYaRN: ScalingMethod {
  public static let card = MethodCard(
    id: "telechat3-yarn", title: "TeleChat3 YaRN", shortTitle: "TeleChat3",
    summary:
      "YaRN's frequencies with a weaker temperature: the coefficient of the factor's logarithm is 0.07 instead of 0.1.",
    formula: "θ′_i = θ_i(1 − r_i) + (θ_i/s)·r_i,  a = 0.07·ln s + 1",
    stages: [.frequencies],
    parameters: [.factor, .originalLength] + YaRNRamp.turnParameters + [YaRNRamp.truncation] + [
      MethodParameter(
        "extrapolation_factor", range: 0...1, default: .constant(.number(1)),
        summary: "weight of the unscaled frequencies in the ramp"),
      MethodParameter(
        "attn_factor", range: 0...1e6, default: .constant(.number(1)), summary: "multiplies the temperature's factor"),
    ],
    references: [
      .arXiv("2309.00071", "YaRN", "§3.2–3.4"),
      Reference("vLLM", source: "vllm/model_executor/layers/rotary_embedding/telechat3_scaling_rope.py"),
    ],
    hazardClass: "K0", training: .optional, cost: "As YaRN.",
    implementers: ["vLLM 0.33 (telechat3-yarn)"], isComparedByDefault: false)

  public let factor: Double
  public let ramp: YaRNRamp
  public let extrapolationWeight: Double
  public let attentionWeight: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = YaRNRamp(values)
    extrapolationWeight = values.number("extrapolation_factor", default: 1)
    attentionWeight = values.number("attn_factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    ramp.interpolate(&plan, by: factor, extrapolationWeight: extrapolationWeight)
    plan.attentionFactor *= (factor <= 1 ? 1 : 0.07 * .log(factor) + 1) * attentionWeight
  }
}
