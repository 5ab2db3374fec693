/// FoPE: pairs that never complete a turn in training are not rotated.
public struct FourierEmbedding: ScalingMethod {
  public static let card = MethodCard(
    id: "fope", title: "FoPE (frequency clipping)", shortTitle: "FoPE",
    summary: """
      Sets the frequency of every pair whose wavelength exceeds the trained length to zero, so that no pair meets an \
      angle that training never showed. This is FoPE's clipping; its learned mixing of frequencies is not included.
      """,
    formula: "θ′_i = θ_i for θ_i ≥ 2π/L0, else 0",
    stages: [.frequencies], parameters: [.originalLength],
    references: [.arXiv("2412.17739", "FoPE", "§3.3")],
    hazardClass: "K0", training: .required, cost: "Pre-training or fine-tuning with it.",
    implementers: ["vLLM (use_fope)", "SGLang (use_fope)"])

  public let trainedLength: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let slowest = 2 * Double.pi / trainedLength
    for i in plan.inverseFrequencies.indices where plan.inverseFrequencies[i] < slowest {
      plan.inverseFrequencies[i] = 0
    }
  }
}
