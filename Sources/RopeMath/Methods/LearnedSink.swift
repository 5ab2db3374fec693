/// A learned logit in the softmax's denominator that stands for no key.
public struct LearnedSink: ScalingMethod {
  public static let card = MethodCard(
    id: "sink", aliases: ["attention-sink"], title: "Learned sink", shortTitle: "Sink",
    summary: """
      Adds one logit to every softmax that stands for no key, so that a head may attend to nothing; gpt-oss learns one for \
      each head. A logit of 0 is the softmax with one more in its denominator.
      """,
    formula: "w_r = e^(l_r)/(Σ_j e^(l_j) + e^(sink_h))",
    stages: [.sink],
    parameters: [
      MethodParameter(
        "sinks", .numbers, range: -1e6...1e6, default: .constant(.numbers([0])),
        summary: "logit of the sink in nats, one number or one a query head")
    ],
    references: [Reference("transformers", source: "modeling_gpt_oss.py", place: "eager_attention_forward")],
    hazardClass: "K0", training: .required, cost: "A learned number for each head; nothing at run time.",
    implementers: ["transformers 5.24 (gpt-oss)"], isComparedByDefault: false)

  public let logits: HeadValues

  public init(_ values: ParameterValues) throws(MethodError) {
    guard let logits = HeadValues(values.numbers("sinks") ?? []) else {
      throw MethodError(
        .invalidValue, "sink: “sinks” is an empty list, expected one number or one a head", parameter: "sinks")
    }
    self.logits = logits
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.sink = logits
  }
}
