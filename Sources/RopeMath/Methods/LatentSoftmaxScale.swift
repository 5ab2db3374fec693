/// The softmax part of YaRN's temperature in multi-head latent attention.
public struct LatentSoftmaxScale: ScalingMethod {
  public static let card = MethodCard(
    id: "mla-mscale", title: "MLA softmax scale", shortTitle: "MLA scale",
    summary:
      "Multiplies every logit, un-rotated features included, by YaRN's squared magnitude: how DeepSeek's multi-head latent attention applies the temperature.",
    formula: "t = (0.1·m·ln s + 1)²",
    stages: [.softmaxScale],
    parameters: [
      .factor,
      MethodParameter("mscale_all_dim", range: 0...1e6, default: .constant(.number(1)), summary: "coefficient m"),
    ],
    references: [
      Reference("DeepSeek-V3", source: "inference/model.py"),
      Reference("transformers", source: "modeling_rope_utils.py", place: "yarn_apply_mscale"),
    ],
    hazardClass: "K0", training: .optional, cost: "None at run time.",
    implementers: ["transformers", "vLLM", "SGLang", "DeepSeek reference"])

  public let factor: Double
  public let coefficient: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    coefficient = values.number("mscale_all_dim", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let magnitude = YaRNTemperature.magnitude(scale: factor, coefficient: coefficient)
    plan.softmaxScaleFactor *= magnitude * magnitude
  }
}
