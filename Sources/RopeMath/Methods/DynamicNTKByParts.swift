/// Part-NTK with a factor that grows with the context.
public struct DynamicNTKByParts: ScalingMethod {
  public static let card = MethodCard(
    id: "dynamic-ntk-by-parts", aliases: ["dynamic-part-ntk"], title: "Dynamic NTK-by-parts",
    shortTitle: "Dynamic parts",
    summary:
      "The index form of NTK-by-parts with the factor that the current length needs; before the window is outgrown nothing changes, unless the weights were fine-tuned under it.",
    formula: "θ′ = Part-NTK(s = L/Lmax) once L > Lmax; before, θ, or Part-NTK(s = Lmax/L0) where fine-tuned",
    stages: [.frequencies],
    parameters: [
      .originalLength, .window,
      MethodParameter(
        "ntk_factor", range: 0...1, default: .constant(.number(1)), summary: "weight of the NTK-aware blend"),
      MethodParameter(
        "extrapolation_factor", range: 0...1, default: .constant(.number(1)), summary: "weight of the unscaled blend"),
      .fineTuned,
    ],
    references: [Reference("jquesnelle/yarn", source: "LlamaDynamicPartNTKScaledRotaryEmbedding.py")],
    hazardClass: "K2", training: .none, cost: "None needed; a cache goes stale as the context grows.",
    implementers: ["jquesnelle/yarn"])

  public let trainedLength: Double
  public let window: Double
  public let blend: PartBlend
  public let isFineTuned: Bool

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    window = values.number("max_position_embeddings", default: trainedLength)
    // Both of the class's ranges are taken over the window, not over the original length.
    blend = PartBlend(
      trainedLength: window, ntkWeight: values.number("ntk_factor", default: 1),
      extrapolationWeight: values.number("extrapolation_factor", default: 1))
    isFineTuned = values.flag("finetuned") ?? false
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.cachedKeys = .drifts(length: Int(window))
    let length = Double(plan.length)
    if length > window {
      try blend.interpolate(&plan, by: length / window)
    } else if isFineTuned {
      try blend.interpolate(&plan, by: window / trainedLength)
    }
  }
}
