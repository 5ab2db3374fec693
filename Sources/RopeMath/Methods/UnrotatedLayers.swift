/// NoPE layers: every n-th layer does not rotate (iRoPE).
public struct UnrotatedLayers: ScalingMethod {
  public static let card = MethodCard(
    id: "nope-layers", aliases: ["irope"], title: "NoPE layers (iRoPE)", shortTitle: "NoPE layers",
    summary: """
      Leaves every n-th layer without rotation, so that these layers read keys at any distance alike; Llama 4, SmolLM3 and \
      Mistral Large 4 are built so. What is computed of the rotation holds for the other layers.
      """,
    formula: "θ′_i = 0 in layers l with (l + 1) mod n = 0",
    stages: [.layers],
    parameters: [
      MethodParameter(
        "no_rope_layer_interval", .integer, range: 1...65_536, default: .constant(.number(4)),
        summary: "n: every n-th layer does not rotate")
    ],
    references: [
      Reference("transformers", source: "configuration_llama4.py", place: "no_rope_layer_interval"),
      Reference("transformers", source: "configuration_smollm3.py", place: "no_rope_layer_interval"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training.",
    implementers: ["transformers 5.24 (Llama 4, SmolLM3, Mistral Large 4)"], isComparedByDefault: false)

  public let interval: Int

  public init(_ values: ParameterValues) throws(MethodError) {
    interval = values.integer("no_rope_layer_interval") ?? 4
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.rotatedLayers = .exceptEvery(interval)
  }
}
