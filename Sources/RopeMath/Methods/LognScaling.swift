/// Query scaling by the logarithm of the position.
public struct LognScaling: ScalingMethod {
  public static let card = MethodCard(
    id: "logn", title: "log n scaling", shortTitle: "log n",
    summary:
      "Multiplies the query at position p by ln(p+1)/ln L0 beyond the trained length, so that attention over more keys stays as sharp as before; touches queries only.",
    formula: "g(p) = max(1, ln(p + 1)/ln L0)",
    stages: [.queryScale],
    parameters: [.originalLength],
    references: [
      .arXiv("2202.12172", "Chiang & Cholak", "§5.3"),
      Reference("Su", source: "kexue.fm 8823", url: "https://kexue.fm/archives/8823"),
    ],
    hazardClass: "Kq", training: .none, cost: "None; safe with cached keys.",
    implementers: ["Qwen-1", "ReRoPE", "Self-Extend"])

  public let trainedLength: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 2)
    guard trainedLength > 1 else {
      throw MethodError(
        .invalidValue, "logn: a trained length of 1 has no logarithm to divide by",
        parameter: "original_max_position_embeddings")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .logarithmic(trainedLength: trainedLength)
  }
}
