/// NTK-by-parts as the YaRN authors' older class computes it: two index ramps with fixed constants.
public struct NTKByPartsIndexed: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk-by-parts-index", aliases: ["part-ntk-index"], title: "NTK-by-parts (index form)",
    shortTitle: "Parts (index)",
    summary:
      "The older form in the YaRN repository: a first ramp blends position interpolation into NTK-aware, a second one blends the result into the unscaled frequencies, both linear in the pair index.",
    formula:
      "x = (θ/s)(1 − M1) + θ^NTK(s)·M1,  θ′ = x(1 − M2) + θ·M2,  M1 = n·(1 − ramp[corr(1.25), corr(0.75)]),  M2 = e·(1 − ramp[corr(16), corr(2)])",
    stages: [.frequencies],
    parameters: [
      .factor, .originalLength,
      MethodParameter(
        "ntk_factor", range: 0...1, default: .constant(.number(1)), summary: "weight n of the NTK-aware blend"),
      MethodParameter(
        "extrapolation_factor", range: 0...1, default: .constant(.number(1)), summary: "weight e of the unscaled blend"),
    ],
    references: [Reference("jquesnelle/yarn", source: "LlamaPartNTKScaledRotaryEmbedding.py")],
    hazardClass: "K0", training: .optional, cost: "Usable frozen.", implementers: ["jquesnelle/yarn"])

  public let factor: Double
  public let blend: PartBlend

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    blend = PartBlend(values)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    try blend.interpolate(&plan, by: factor)
  }
}
