/// Dynamic NTK: NTK-aware with a factor that grows with the context.
public struct DynamicNTK: ScalingMethod {
  public static let card = MethodCard(
    id: "dynamic", aliases: ["dynamic-ntk"], title: "Dynamic NTK",
    summary:
      "NTK-aware with a factor that starts at 1 at the trained length and grows with the context, so short texts are untouched; every growth makes the keys already cached stale.",
    formula: "α(L) = f·L/L0 − (f − 1) for L > L0, else 1;  θ′ = NTK(s = α)",
    stages: [.frequencies],
    parameters: [
      MethodParameter(
        "factor", range: 1e-6...1e9, default: .constant(.number(2)), summary: "growth f of the factor with length"),
      .originalLength,
    ],
    references: [
      .arXiv("2309.00071", "YaRN", "§3.3"),
      Reference("transformers", source: "modeling_rope_utils.py", place: "_compute_dynamic_ntk_parameters"),
    ],
    hazardClass: "K2", training: .none,
    cost: "None needed; a cache must be recomputed, or goes stale, as the context grows.",
    implementers: ["transformers", "SGLang (static)", "MLX-LM"])

  public let factor: Double
  public let trainedLength: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 2)
    trainedLength = values.number("original_max_position_embeddings", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.cachedKeys = .drifts(length: Int(trainedLength))
    let length = Double(plan.length)
    guard length > trainedLength else { return }
    let alpha = factor * length / trainedLength - (factor - 1)
    guard alpha > 0 else {
      throw MethodError(
        .undefined, "dynamic NTK with factor \(factor.formattedShortest) has no base at \(plan.length) tokens",
        parameter: "factor")
    }
    try NTKAware.scale(&plan, by: alpha)
  }
}
