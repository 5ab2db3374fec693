/// Resonance RoPE: wavelengths rounded to whole tokens.
public struct ResonanceRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "resonance", title: "Resonance RoPE", shortTitle: "Resonance",
    summary:
      "Rounds every wavelength to a whole number of tokens, so that a pair that completes a turn visits exactly the same angles for ever; composes with a frequency method (yarn+resonance).",
    formula: "θ′_i = 2π / round(λ_i)",
    stages: [.rounding],
    references: [.arXiv("2403.00071", "Resonance RoPE", "§4.1")],
    hazardClass: "K0", training: .optional, cost: "None beyond that of the method it is joined to.",
    implementers: ["sheryc/resonance_rope"])

  public init(_ values: ParameterValues) throws(MethodError) {}

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    for i in plan.inverseFrequencies.indices where plan.inverseFrequencies[i] > 0 {
      let wavelength = (2 * Double.pi / plan.inverseFrequencies[i]).rounded(.toNearestOrEven)
      plan.inverseFrequencies[i] = 2 * .pi / max(1, wavelength)
    }
  }
}
