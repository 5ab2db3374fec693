import RealModule

/// LeRoPE: a learned multiplier for each pair.
public struct LearnedMultipliers: ScalingMethod {
  public static let card = MethodCard(
    id: "lerope", title: "LeRoPE (learned multipliers)", shortTitle: "LeRoPE",
    summary: """
      Multiplies whatever frequencies there are by a learned factor for each pair, as Mistral Large 4 does on top of \
      YaRN (yarn:factor=2048+lerope:alpha=@FILE.json); with all numbers 0 nothing changes.
      """,
    formula: "θ′_i ← θ′_i · exp(α_i)",
    stages: [.rounding],
    parameters: [
      MethodParameter("alpha", .numbers, range: -100...100, default: .required, summary: "α, one number a pair")
    ],
    references: [
      Reference("transformers", source: "modeling_mistral_large4.py", place: "MistralLarge4TextRotaryEmbedding")
    ],
    hazardClass: "K0", training: .required, cost: "Learned in training; nothing at run time.",
    implementers: ["transformers (Mistral Large 4)"])

  public let exponents: [Double]

  public init(_ values: ParameterValues) throws(MethodError) {
    exponents = values.numbers("alpha") ?? []
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    guard exponents.count == plan.pairCount else {
      throw MethodError(
        .invalidValue, "lerope: “alpha” has \(exponents.count) numbers, this model rotates \(plan.pairCount) pairs",
        parameter: "alpha")
    }
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] *= .exp(exponents[i]) }
  }
}
