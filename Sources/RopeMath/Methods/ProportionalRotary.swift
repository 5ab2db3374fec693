/// Proportional RoPE: the slowest pairs are not rotated at all.
public struct ProportionalRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "proportional", aliases: ["p-rope"], title: "Proportional RoPE (p-RoPE)", shortTitle: "p-RoPE",
    summary:
      "Keeps the exponents of the whole head and rotates the first share of pairs only: partial rotary spreads fewer pairs over the whole range of frequencies, this leaves out its slow end.",
    formula: "θ′_i = b^(−2i/D)/s for i < int(p·D//2), else 0",
    stages: [.rotaryShare, .frequencies],
    parameters: [
      MethodParameter(
        "partial_rotary_factor", range: 0...1, default: .constant(.number(1)), summary: "rotated share p of the pairs"),
      MethodParameter("factor", range: 1e-6...1e9, default: .constant(.number(1)), summary: "scale factor s"),
    ],
    references: [
      .arXiv("2410.06205", "Round and Round We Go", "§6"),
      Reference("transformers", source: "modeling_rope_utils.py", place: "_compute_proportional_rope_parameters"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training (Gemma 4).",
    implementers: ["transformers", "MLX-LM", "vLLM and SGLang (without the factor)"])

  public let share: Double
  public let factor: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    share = values.number("partial_rotary_factor", default: 1)
    factor = values.number("factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let head = plan.geometry.headDimension
    do {
      plan.geometry = try plan.geometry.replacing(rotaryDimension: head)
    } catch {
      throw MethodError(.undefined, "proportional: \(error)")
    }
    let rotated = Int(share * Double(head) / 2)
    plan.inverseFrequencies = plan.geometry.inverseFrequencies(base: plan.base).enumerated().map { index, frequency in
      index < rotated ? frequency / factor : 0
    }
  }
}
