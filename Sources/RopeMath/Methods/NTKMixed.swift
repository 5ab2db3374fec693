import RealModule

/// Su's family between position interpolation and NTK-fixed.
public struct NTKMixed: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk-mixed", title: "NTK-mixed",
    summary:
      "Spreads the interpolation over the pairs by a power law: exponent 0 is position interpolation, 1 is NTK-fixed, and values between keep more of the middle frequencies.",
    formula: "θ′_i = θ_i · exp(−A·(i+1)^β),  A = ln s / m^β,  m = d/2",
    stages: [.frequencies],
    parameters: [
      .factor,
      MethodParameter("mixed_b", range: 0...16, default: .constant(.number(0.625)), summary: "exponent β"),
    ],
    references: [Reference("Su", source: "kexue.fm 9706", url: "https://kexue.fm/archives/9706")],
    hazardClass: "K0", training: .none, cost: "None needed.", implementers: ["vLLM (type ntk with mixed_b)"])

  public let factor: Double
  public let exponent: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    exponent = values.number("mixed_b", default: 0.625)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let pairs = Double(plan.pairCount)
    for i in plan.inverseFrequencies.indices {
      // ((i+1)/m)^β in one power: A alone leaves the range of Double for large β.
      plan.inverseFrequencies[i] *= .exp(-.log(factor) * .pow(Double(i + 1) / pairs, exponent))
    }
  }
}
