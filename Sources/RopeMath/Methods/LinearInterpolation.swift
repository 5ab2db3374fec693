/// Position interpolation.
public struct LinearInterpolation: ScalingMethod {
  public static let card = MethodCard(
    id: "linear", aliases: ["pi", "position-interpolation"], title: "Position interpolation (PI)", shortTitle: "PI",
    summary:
      "Divides every position by the factor, so that the target length falls into the trained range; every pair slows down alike and the squared difference between neighbouring positions falls by s².",
    formula: "θ′_i = θ_i / s",
    stages: [.frequencies], parameters: [.factor],
    references: [.arXiv("2306.15595", "Position Interpolation", "eq. 4")],
    hazardClass: "K0", training: .optional,
    cost:
      "About 1,000 fine-tuning steps in the paper; frozen, even s = 2 cost SmolLM2-135M 0.9 nats a token within the trained length.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp", "MLX-LM", "Megatron-LM"])

  public let factor: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] /= factor }
  }
}
