import RealModule

/// XPos: rotation with an exponential decay of each pair.
public struct XPos: ScalingMethod {
  public static let card = MethodCard(
    id: "xpos", title: "XPos",
    summary: """
      Multiplies the logit of each pair by a power of the distance that falls fastest for the pairs that turn fastest, \
      so that attention prefers near tokens at every length; a choice of the architecture.
      """,
    formula: "ζ_i = (2i/d + γ)/(1 + γ);  pair i of the logit × ζ_i^(Δ/B)",
    stages: [.decay],
    parameters: [
      MethodParameter(
        "gamma", range: 1e-6...1e12, default: .constant(.number(0.4)), summary: "γ; large values leave RoPE"),
      MethodParameter("scale_base", range: 1...1e12, default: .constant(.number(512)), summary: "B, in tokens"),
    ],
    references: [
      .arXiv("2212.10554", "XPos", "§2.2"),
      Reference("torchscale", source: "microsoft/torchscale", place: "component/xpos_relative_position.py"),
    ],
    hazardClass: "K0", training: .required,
    cost: "Pre-training with it; keys must be scaled around a common centre, or they overflow at long lengths.",
    implementers: ["torchscale"])

  public let gamma: Double
  public let scaleBase: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    gamma = values.number("gamma", default: 0.4)
    scaleBase = values.number("scale_base", default: 512)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let d = Double(plan.geometry.rotaryDimension)
    plan.decayRates = (0..<plan.pairCount).map { i in
      -Double.log((2 * Double(i) / d + gamma) / (1 + gamma)) / scaleBase
    }
  }
}
