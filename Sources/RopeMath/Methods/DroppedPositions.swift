/// DroPE: no rotation at all after a short recalibration.
public struct DroppedPositions: ScalingMethod {
  public static let card = MethodCard(
    id: "drope", title: "DroPE (dropped positions)", shortTitle: "DroPE",
    summary: """
      Takes the rotation off a trained model and trains it a little longer at its own length; order is then told by the \
      causal mask alone, so that no length shows new angles. A factor on the logits may be set for long texts.
      """,
    formula: "θ′_i = 0 for every pair",
    stages: [.frequencies],
    parameters: [
      MethodParameter(
        "softmax_scale", range: 1e-9...1e9, default: .absent("1/√D, unchanged"),
        summary: "multiplier of every logit in place of 1/√D", fills: .softmaxScale)
    ],
    references: [
      .arXiv("2512.12167", "DroPE"),
      Reference("DroPE", source: "SakanaAI/DroPE", place: "custom_models/attention.py"),
    ],
    hazardClass: "K0", training: .required,
    cost: "Recalibration at the trained length: 10 billion tokens for Llama-2-7B in the authors' settings.",
    implementers: ["SakanaAI/DroPE (transformers)"], isComparedByDefault: false)

  public let softmaxScale: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    softmaxScale = values.number("softmax_scale")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.inverseFrequencies = plan.inverseFrequencies.map { _ in 0 }
    if let softmaxScale { plan.softmaxScaleFactor = softmaxScale * Double(plan.geometry.scoreDimension).squareRoot() }
  }
}
