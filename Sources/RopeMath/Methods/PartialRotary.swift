/// Partial rotary embedding: a leading share of the head rotates.
public struct PartialRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "partial", title: "Partial rotary",
    summary:
      "Rotates the leading share of each head's features only; the others carry no position. The frequencies span the whole range over fewer pairs.",
    formula: "d = int(D·p),  θ_i = b^(−2i/d) for i < d/2",
    stages: [.rotaryShare],
    parameters: [
      MethodParameter(
        "partial_rotary_factor", range: 1e-6...1, default: .constant(.number(0.5)),
        summary: "rotated share p of the head")
    ],
    references: [
      Reference("GPT-NeoX", source: "arXiv 2204.06745", place: "§2.1", url: "https://arxiv.org/abs/2204.06745"),
      Reference("transformers", source: "modeling_rope_utils.py"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp", "MLX-LM"])

  public let share: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    share = values.number("partial_rotary_factor", default: 0.5)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let rotated = Int(Double(plan.geometry.headDimension) * share)
    do {
      plan.geometry = try plan.geometry.replacing(rotaryDimension: rotated)
    } catch {
      throw MethodError(
        .undefined,
        "partial: a share of \(share.formattedShortest) rotates \(rotated) of \(plan.geometry.headDimension) features; it must be an even number of at least 2",
        parameter: "partial_rotary_factor")
    }
    plan.inverseFrequencies = plan.geometry.inverseFrequencies
  }
}
