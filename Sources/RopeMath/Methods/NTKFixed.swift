import RealModule

/// Su's correction of NTK-aware scaling: base and frequency scaled together.
public struct NTKFixed: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk-fixed", title: "NTK-fixed",
    summary:
      "Multiplies the base by the factor and divides every frequency by s^(2/d), so that the slowest pair is interpolated by the whole factor without the exponent d/(d−2); the fastest pair slows down a little as well.",
    formula: "θ′_i = θ_i · s^(−2(i+1)/d)",
    stages: [.frequencies], parameters: [.factor],
    references: [Reference("Su", source: "kexue.fm 9706", url: "https://kexue.fm/archives/9706")],
    hazardClass: "K0", training: .none, cost: "None needed.", implementers: ["vLLM (type ntk)"])

  public let factor: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let step = -2 * Double.log(factor) / Double(plan.geometry.rotaryDimension)
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] *= .exp(step * Double(i + 1)) }
  }
}
