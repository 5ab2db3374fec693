/// HunYuan's `alpha`: NTK-aware scaling by a fixed number.
public struct NTKAlpha: ScalingMethod {
  public static let card = MethodCard(
    id: "ntk-alpha", title: "NTK alpha (HunYuan)", shortTitle: "NTK alpha",
    summary: """
      NTK-aware scaling of the base by a number that is no ratio of lengths: HunYuan's checkpoints are trained with 1000. \
      Their files call the type dynamic, but nothing moves with the length.
      """,
    formula: "b′ = b·α^(d/(d−2)),  θ′_i = θ_i · α^(−2i/(d−2))",
    stages: [.frequencies],
    parameters: [alphaParameter],
    references: [
      Reference("transformers", source: "modeling_hunyuan_vl.py", place: "compute_ntk_alpha_rope_parameters"),
      Reference("vLLM", source: "vllm/model_executor/layers/rotary_embedding/dynamic_ntk_alpha_rope.py"),
    ],
    hazardClass: "K0", training: .required, cost: "Trained with it; nothing at run time.",
    implementers: ["transformers 5.24", "vLLM"], isComparedByDefault: false)

  static let alphaParameter = MethodParameter(
    "alpha", range: 1e-6...1e12, default: .constant(.number(1000)), summary: "α, as the checkpoint has it")

  public let alpha: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    alpha = values.number("alpha", default: 1000)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    try NTKAware.scale(&plan, by: alpha)
  }
}
