/// YaRN as its paper writes it: a ramp that is linear in turns.
public struct YaRNPaper: ScalingMethod {
  public static let card = MethodCard(
    id: "yarn-paper", title: "YaRN (paper form)", shortTitle: "YaRN (paper)",
    summary:
      "NTK-by-parts with the ramp of the paper, linear in turns, and YaRN's temperature. Every implementation uses a ramp that is linear in the pair index instead; the two agree at the ends and differ up to threefold between.",
    formula: "γ = clamp((L0/λ_i − α)/(β − α), 0, 1),  θ′_i = (1 − γ)·θ_i/s + γ·θ_i,  a = 0.1·ln s + 1",
    stages: [.frequencies],
    parameters: [.factor, .originalLength] + YaRNRamp.turnParameters + YaRNTemperature.parameters,
    references: [.arXiv("2309.00071", "YaRN", "eq. 17–22")],
    hazardClass: "K0", training: .optional, cost: "About 0.1 % of the pre-training data in the paper; usable frozen.",
    implementers: ["the YaRN paper; no runtime computes this form"])

  public let factor: Double
  public let ramp: TurnsRamp
  public let temperature: YaRNTemperature

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = TurnsRamp(
      trainedLength: values.number("original_max_position_embeddings", default: 1),
      low: values.number("beta_slow", default: 1), high: values.number("beta_fast", default: 32))
    temperature = YaRNTemperature(values)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    ramp.interpolate(&plan, by: factor)
    plan.attentionFactor *= temperature.attentionFactor(scale: factor)
  }
}
