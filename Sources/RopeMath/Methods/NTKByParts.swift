/// NTK-by-parts as the YaRN paper defines it.
public struct NTKByParts: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk-by-parts", aliases: ["part-ntk"], title: "NTK-by-parts",
    summary:
      "Interpolates pairs that turn less than α times within the trained length, keeps those that turn more than β times, and blends between, linearly in the number of turns; no temperature.",
    formula: "r_i = L0/λ_i,  γ = clamp((r_i − α)/(β − α), 0, 1),  θ′_i = (1 − γ)·θ_i/s + γ·θ_i",
    stages: [.frequencies],
    parameters: [
      .factor, .originalLength,
      MethodParameter(
        "alpha", range: 0...1e9, default: .constant(.number(1)),
        summary: "turns α below which a pair is fully interpolated"),
      MethodParameter(
        "beta", range: 0...1e9, default: .constant(.number(32)), summary: "turns β above which a pair is kept"),
    ],
    references: [.arXiv("2309.00071", "YaRN", "§3.2, eq. 17–19")],
    hazardClass: "K0", training: .optional, cost: "Usable frozen; YaRN without its temperature.",
    implementers: ["the YaRN paper; no runtime computes this form by name"])

  public let factor: Double
  public let ramp: TurnsRamp

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = TurnsRamp(
      trainedLength: values.number("original_max_position_embeddings", default: 1),
      low: values.number("alpha", default: 1), high: values.number("beta", default: 32))
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    ramp.interpolate(&plan, by: factor)
  }
}
