import RealModule

/// LongRoPE: searched factors for each pair, one list for short and one for long contexts.
public struct LongRoPE: ScalingMethod {
  public static let card = MethodCard(
    id: "longrope", aliases: ["su"], title: "LongRoPE",
    summary:
      "Divides each pair's frequency by a factor of its own, found by search: one list for contexts up to the trained length, another beyond it. Its attention factor is log n scaling at the target length.",
    formula: "θ′_i = θ_i/λ̂_i with the short list for L ≤ L0, the long one beyond;  a = √(1 + ln s / ln L0)",
    stages: [.frequencies],
    parameters: [
      MethodParameter(
        "short_factor", .numbers, range: 1e-9...1e12, default: .required, summary: "λ̂ for L ≤ L0, one number a pair"),
      MethodParameter(
        "long_factor", .numbers, range: 1e-9...1e12, default: .required, summary: "λ̂ for L > L0, one number a pair"),
      .factor, .originalLength,
      MethodParameter(
        "attention_factor", range: -1e6...1e6, default: .absent("√(1 + ln s / ln L0)"),
        summary: "multiplier a of cos and sin"),
      MethodParameter("short_mscale", range: 0...1e6, default: .absent("a"), summary: "a for the short list"),
      MethodParameter("long_mscale", range: 0...1e6, default: .absent("a"), summary: "a for the long list"),
    ],
    references: [
      .arXiv("2402.13753", "LongRoPE", "§3"),
      Reference("transformers", source: "modeling_rope_utils.py", place: "_compute_longrope_parameters"),
    ],
    hazardClass: "K1", training: .optional,
    cost: "An evolutionary search for the lists, then fine-tuning; keys cached before the switch are stale after it.",
    implementers: [
      "transformers", "vLLM (by its window)", "SGLang", "llama.cpp (by its context)", "MLX-LM (long list only)",
    ])

  public let shortFactors: [Double]
  public let longFactors: [Double]
  public let factor: Double
  public let trainedLength: Double
  public let attentionFactor: Double?
  public let shortMagnitude: Double?
  public let longMagnitude: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    shortFactors = values.numbers("short_factor") ?? []
    longFactors = values.numbers("long_factor") ?? []
    factor = values.number("factor", default: 1)
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    attentionFactor = values.number("attention_factor")
    shortMagnitude = values.number("short_mscale")
    longMagnitude = values.number("long_mscale")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let isLong = Double(plan.length) > trainedLength
    let factors = isLong ? longFactors : shortFactors
    guard factors.count == plan.pairCount else {
      let key = isLong ? "long_factor" : "short_factor"
      throw MethodError(
        .invalidValue, "longrope: “\(key)” has \(factors.count) numbers, this model rotates \(plan.pairCount) pairs",
        parameter: key)
    }
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] /= factors[i] }
    let own = isLong ? longMagnitude : shortMagnitude
    plan.attentionFactor *= own ?? attentionFactor ?? Self.attentionFactor(scale: factor, trainedLength: trainedLength)
    plan.cachedKeys = .switchesOnce(length: Int(trainedLength))
  }

  /// `√(1 + ln s / ln L0)`; 1 for s ≤ 1.
  public static func attentionFactor(scale: Double, trainedLength: Double) -> Double {
    guard scale > 1, trainedLength > 1 else { return 1 }
    return .sqrt(1 + .log(scale) / .log(trainedLength))
  }
}
