/// YaRN with a factor that grows with the context.
public struct DynamicYaRN: ScalingMethod {
  public static let card = MethodCard(
    id: "dynamic-yarn", title: "Dynamic YaRN",
    summary:
      "YaRN with the factor that the current length needs, as the authors evaluate it without fine-tuning: inside the window nothing changes, beyond it frequencies and temperature move with every token.",
    formula: "once L > Lmax: θ′ = YaRN(s = L/L0), a = (0.1·ln s + 1)·attn_factor; before: θ′ = θ, a = 1",
    stages: [.frequencies],
    parameters: [.originalLength, .window] + YaRNRamp.turnParameters + [
      MethodParameter(
        "extrapolation_factor", range: 0...1, default: .constant(.number(1)),
        summary: "weight of the unscaled frequencies in the ramp"),
      MethodParameter(
        "attn_factor", range: 0...1e6, default: .constant(.number(1)), summary: "multiplies the temperature's factor"),
      .fineTuned,
    ],
    references: [
      .arXiv("2309.00071", "YaRN", "§3.3, fig. 5"),
      Reference("jquesnelle/yarn", source: "LlamaDynamicYaRNScaledRotaryEmbedding.py"),
    ],
    hazardClass: "K2", training: .none, cost: "None needed; a cache goes stale as the context grows.",
    implementers: ["jquesnelle/yarn"])

  public let trainedLength: Double
  public let window: Double
  public let ramp: YaRNRamp
  public let extrapolationWeight: Double
  public let attentionWeight: Double
  public let isFineTuned: Bool

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    window = values.number("max_position_embeddings", default: trainedLength)
    ramp = YaRNRamp(values)
    extrapolationWeight = values.number("extrapolation_factor", default: 1)
    attentionWeight = values.number("attn_factor", default: 1)
    isFineTuned = values.flag("finetuned") ?? false
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.cachedKeys = .drifts(length: Int(window))
    let length = Double(plan.length)
    guard length > window || isFineTuned else { return }
    let scale = max(length, window) / trainedLength
    ramp.interpolate(&plan, by: scale, extrapolationWeight: extrapolationWeight)
    plan.attentionFactor *= YaRNTemperature.magnitude(scale: scale) * attentionWeight
  }
}
