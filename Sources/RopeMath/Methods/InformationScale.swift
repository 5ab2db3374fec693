/// InfoScale: a query scale that keeps the entropy of attention over directions on a sphere.
public struct InformationScale: ScalingMethod {
  public static let card = MethodCard(
    id: "infoscale", title: "InfoScale", shortTitle: "InfoScale",
    summary: """
      Multiplies logits by a factor from the number of keys and the size of the head, which keeps the entropy of \
      attention as it was at the trained length. With heads of 128 features 32 times a trained length of 4,096 asks for 1.17.
      """,
    formula: "g(n) = max(1, √((1 − n^(−2/d))/(1 − L0^(−2/d)))),  n = p + 1",
    stages: [.queryScale],
    parameters: [
      .originalLength,
      MethodParameter(
        "head_dim", .integer, range: 1...Double(RotaryGeometry.largestHeadDimension),
        default: .derived("the model's head") { .number(Double($0.geometry.scoreDimension)) },
        summary: "d: features of a head"),
    ],
    references: [
      .arXiv("2501.08570", "InfoScale"),
      Reference(
        "InfoScale", source: "HT-NEKO/Information-Entropy-Invariance", place: "model/my_gau_alpha_eval/layer.py"),
    ],
    hazardClass: "Kq", training: .none, cost: "None; safe with cached keys.",
    implementers: ["HT-NEKO/Information-Entropy-Invariance, with n the whole text's length"], isComparedByDefault: false
  )

  public let trainedLength: Double
  public let dimension: Int

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 2)
    dimension = values.integer("head_dim") ?? 1
    guard trainedLength > 1 else {
      throw MethodError(
        .invalidValue, "infoscale: a trained length of 1 leaves nothing to divide by",
        parameter: "original_max_position_embeddings")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .information(trainedLength: trainedLength, dimension: dimension)
  }
}
