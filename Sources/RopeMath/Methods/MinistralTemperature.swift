/// Ministral 3's query temperature, on every layer.
public struct MinistralTemperature: ScalingMethod {
  public static let card = MethodCard(
    id: "ministral-temperature", title: "Ministral temperature", shortTitle: "Ministral temp.",
    summary:
      "Multiplies the query by a factor that grows by steps of the trained length. Counts positions from 0 where Llama 4 counts from 1.",
    formula: "g(p) = 1 + β·ln(1 + ⌊p/L0⌋)",
    stages: [.queryScale],
    parameters: [
      .originalLength,
      MethodParameter(
        "llama_4_scaling_beta", range: 0...100, default: .constant(.number(0.1)), summary: "coefficient β"),
    ],
    references: [Reference("transformers", source: "modeling_ministral3.py", place: "get_llama_4_attn_scale")],
    hazardClass: "Kq", training: .optional, cost: "None at run time; safe with cached keys.",
    implementers: ["transformers", "vLLM", "llama.cpp"])

  public let trainedLength: Double
  public let coefficient: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    coefficient = values.number("llama_4_scaling_beta", default: 0.1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .steps(floorScale: trainedLength, coefficient: coefficient, offset: 0)
  }
}
