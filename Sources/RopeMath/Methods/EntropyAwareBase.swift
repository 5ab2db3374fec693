/// Entropy-aware ABF: another base and log n scaling, the first layers not scaled.
public struct EntropyAwareBase: ScalingMethod {
  public static let card = MethodCard(
    id: "entropy-abf", aliases: ["eabf", "entropyabf"], title: "Entropy-aware ABF", shortTitle: "Entropy-ABF",
    summary: """
      Raises the base and multiplies queries beyond the trained length by the logarithm of their position, in all layers \
      but the first two, whose attention is even by nature; extends Llama-2 with 100 samples.
      """,
    formula: "θ′_i = b′^(−2i/d);  g(p) = max(1, ln(p + 1)/ln L0) in layers from 2 on",
    stages: [.base, .frequencies, .queryScale],
    parameters: [
      MethodParameter("rope_theta", range: 1e-6...1e30, default: .constant(.number(500_000)), summary: "new base b′"),
      .originalLength,
      MethodParameter(
        "unscaled_layers", .integer, range: 0...65_536, default: .constant(.number(2)),
        summary: "first layers whose queries are left alone"),
    ],
    references: [
      .arXiv("2401.07004", "Extending LLMs' Context Window with 100 Samples"),
      Reference("Entropy-ABF", source: "GAIR-NLP/Entropy-ABF", place: "patch/EABF.py"),
    ],
    hazardClass: "Kq", training: .optional,
    cost: "100 long samples and 6 steps in the paper; nothing at run time, safe with cached keys.",
    implementers: ["GAIR-NLP/Entropy-ABF (transformers)"], isComparedByDefault: false)

  public let base: Double
  public let trainedLength: Double
  public let unscaledLayers: Int

  public init(_ values: ParameterValues) throws(MethodError) {
    base = values.number("rope_theta", default: 500_000)
    trainedLength = values.number("original_max_position_embeddings", default: 2)
    unscaledLayers = values.integer("unscaled_layers") ?? 2
    guard trainedLength > 1 else {
      throw MethodError(
        .invalidValue, "entropy-abf: a trained length of 1 has no logarithm to divide by",
        parameter: "original_max_position_embeddings")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.base = base
    plan.inverseFrequencies = plan.geometry.inverseFrequencies(base: base)
    plan.queryScale = .logarithmic(trainedLength: trainedLength)
    plan.scaledLayers = unscaledLayers > 0 ? .from(unscaledLayers) : nil
  }
}
