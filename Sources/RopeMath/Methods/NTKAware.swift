import RealModule

/// NTK-aware scaling of the base, static.
public struct NTKAware: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk", aliases: ["ntk-aware"], title: "NTK-aware",
    summary:
      "Raises the base so that the slowest pair is interpolated by the whole factor and the fastest not at all; the pairs between are spread over the range.",
    formula: "b′ = b·s^(d/(d−2)),  θ′_i = θ_i · s^(−2i/(d−2))",
    stages: [.frequencies], parameters: [.factor],
    references: [.arXiv("2309.00071", "YaRN", "§3.1, eq. 16")],
    hazardClass: "K0", training: .none,
    cost: "None needed; reaches less than s times the trained length without training.",
    implementers: ["llama.cpp (as a changed base)", "HunYuan's alpha"])

  public let factor: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    try NTKAware.scale(&plan, by: factor)
  }

  /// `θ_i · s^(−2i/(d−2))` on whatever frequencies stand in the plan.
  ///
  /// - Throws: `MethodError.undefined` for a rotary dimension of 2, where the exponent has no value.
  static func scale(_ plan: inout RotaryPlan, by factor: Double) throws(MethodError) {
    let d = plan.geometry.exponentDimension ?? plan.geometry.rotaryDimension
    guard d > 2 else {
      throw MethodError(
        .undefined, "NTK scaling has no meaning for a rotary dimension of 2: its exponent d/(d−2) divides by zero")
    }
    let exponent = -2 * Double.log(factor) / Double(d - 2)
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] *= .exp(exponent * Double(i)) }
    plan.base *= .exp(Double(d) / Double(d - 2) * .log(factor))
  }
}
