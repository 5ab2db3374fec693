import RealModule

/// Adjusted base frequency: another base, for continued training.
public struct AdjustedBase: ScalingMethod {
  public static let card = MethodCard(
    id: "abf", aliases: ["adjusted-base"], title: "Adjusted base (ABF)", shortTitle: "ABF",
    summary:
      "Replaces the base by a larger one before continued training: CodeLlama, Llama 3 and Qwen extend their context this way. The same family as NTK-aware.",
    formula: "θ′_i = b′^(−2i/d),  ρ_i = (b/b′)^(2i/d)",
    stages: [.base],
    parameters: [
      MethodParameter(
        "rope_theta", range: 1e-6...1e30,
        default: .derived("the smallest base that is phase-safe at the target: b·s^(d/(2·i_c))", Self.safeBase),
        summary: "new base b′")
    ],
    references: [.arXiv("2309.16039", "Xiong et al.", "§4.1"), .arXiv("2308.12950", "Code Llama", "§2.4")],
    hazardClass: "K0", training: .required, cost: "Continued training on long texts, billions of tokens.",
    implementers: ["every runtime (rope_theta)"])

  public let base: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    base = values.number("rope_theta", default: 10_000)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.base = base
    plan.inverseFrequencies = plan.geometry.inverseFrequencies(base: base)
  }

  /// From ρ at the critical pair ≤ 1/s: b′ = b·s^(d/(2·i_c)). The model's own base where every pair completes a turn.
  private static func safeBase(_ context: MethodContext) -> ParameterValue {
    let geometry = context.geometry
    let critical = geometry.criticalPair(at: geometry.trainedLength)
    guard critical > 0, critical < geometry.pairCount else { return .number(geometry.base) }
    let exponent = Double(geometry.rotaryDimension) / Double(2 * critical)
    return .number(min(1e30, geometry.base * .pow(context.lengthRatio, exponent)))
  }
}
