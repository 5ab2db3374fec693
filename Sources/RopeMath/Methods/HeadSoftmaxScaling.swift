/// Mistral Large 4's learned softmax scaling of each head.
public struct HeadSoftmaxScaling: ScalingMethod {
  public static let card = MethodCard(
    id: "mistral-large4-scaling", title: "Mistral Large 4 softmax scaling", shortTitle: "Mistral-L4 scaling",
    summary: """
      Multiplies the query of each head by a learned line in the logarithm of its position; Mistral Large 4 keeps the two \
      numbers of every head in the checkpoint. The same form as Scalable-Softmax with a bias.
      """,
    formula: "g_h(p) = scale_h·ln(p + 1) + bias_h",
    stages: [.queryScale],
    parameters: [
      MethodParameter(
        "scale", .numbers, range: -1e6...1e6, default: .required,
        summary: "scale, one number a query head, or one for all"),
      MethodParameter("bias", .numbers, range: -1e6...1e6, default: .required, summary: "bias, likewise"),
    ],
    references: [
      Reference("transformers", source: "modeling_mistral_large4.py", place: "MistralLarge4TextSoftmaxScaling")
    ],
    hazardClass: "Kq", training: .required, cost: "Learned in training; nothing at run time, safe with cached keys.",
    implementers: ["transformers 5.24 (Mistral Large 4)"], isComparedByDefault: false)

  public let scale: HeadValues
  public let bias: HeadValues

  public init(_ values: ParameterValues) throws(MethodError) {
    (scale, bias) = try ScalableSoftmax.lists(values, scale: "scale", bias: "bias", of: "mistral-large4-scaling")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .logPosition(scale: scale, bias: bias)
  }
}
