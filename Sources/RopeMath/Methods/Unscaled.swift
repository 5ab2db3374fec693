/// Plain RoPE.
public struct Unscaled: ScalingMethod {
  public static let card = MethodCard(
    id: "none", aliases: ["rope", "default"], title: "RoPE (no scaling)", shortTitle: "no scaling",
    summary:
      "Rotary position embedding as trained: beyond the trained length, pairs that never completed a turn meet angles that training never showed.",
    formula: "θ_i = b^(−2i/d),  i = 0 … d/2 − 1",
    stages: [], references: [.arXiv("2104.09864", "RoFormer", "§3.2.2")],
    hazardClass: "K0", training: .none, cost: "Nothing beyond the model's own training.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp", "MLX-LM"])

  public init(_ values: ParameterValues) throws(MethodError) {}

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {}
}
