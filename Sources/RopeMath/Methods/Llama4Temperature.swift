/// Llama 4's query temperature on layers without rotation.
public struct Llama4Temperature: ScalingMethod {
  public static let card = MethodCard(
    id: "llama4-temperature", title: "Llama-4 temperature", shortTitle: "Llama-4 temp.",
    summary:
      "Multiplies the query by a factor that grows in steps with the logarithm of its position; Llama 4 uses it on its layers without rotation.",
    formula: "g(p) = 1 + c·ln(⌊(p + 1)/F⌋ + 1)",
    stages: [.queryScale],
    parameters: [
      MethodParameter("floor_scale", range: 1...1e12, default: .constant(.number(8192)), summary: "tokens a step, F"),
      MethodParameter("attn_scale", range: 0...100, default: .constant(.number(0.1)), summary: "coefficient c"),
    ],
    references: [
      .arXiv("2501.19399", "Scalable-Softmax"), Reference("transformers", source: "modeling_llama4.py"),
    ],
    hazardClass: "Kq", training: .optional, cost: "None at run time; safe with cached keys.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp"])

  public let floorScale: Double
  public let coefficient: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    floorScale = values.number("floor_scale", default: 8192)
    coefficient = values.number("attn_scale", default: 0.1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .steps(floorScale: floorScale, coefficient: coefficient, offset: 1)
  }
}
