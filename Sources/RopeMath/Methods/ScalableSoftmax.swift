/// Scalable-Softmax: the query grows with the logarithm of the number of keys, by a learned factor of each head.
public struct ScalableSoftmax: ScalingMethod {
  public static let card = MethodCard(
    id: "ssmax", aliases: ["scalable-softmax"], title: "Scalable-Softmax (SSMax)", shortTitle: "SSMax",
    summary: """
      Multiplies the logits of a query with n keys by s·ln n, with s learned for each head, so that attention to a key \
      that stands out does not fade as keys are added. A bias b is the paper's variant.
      """,
    formula: "g_h(p) = s_h·ln n + b_h,  n = p + 1",
    stages: [.queryScale],
    parameters: [
      MethodParameter(
        "s", .numbers, range: -1e6...1e6, default: .constant(.numbers([0.43])),
        summary: "s, one number or one a query head; learned, the default is the value of the paper's first figure"),
      MethodParameter("b", .numbers, range: -1e6...1e6, default: .constant(.numbers([0])), summary: "b, likewise"),
    ],
    references: [.arXiv("2501.19399", "Scalable-Softmax")],
    hazardClass: "Kq", training: .required,
    cost:
      "A learned number for each head, best from the start of pre-training; nothing at run time, safe with cached keys.",
    isComparedByDefault: false)

  public let scale: HeadValues
  public let bias: HeadValues

  public init(_ values: ParameterValues) throws(MethodError) {
    (scale, bias) = try Self.lists(values, scale: "s", bias: "b", of: "ssmax")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.queryScale = .logPosition(scale: scale, bias: bias)
  }

  /// The two lists by head, which must be of one length where both have more than one entry.
  static func lists(
    _ values: ParameterValues, scale: String, bias: String, of id: String
  ) throws(MethodError) -> (HeadValues, HeadValues) {
    guard let scales = HeadValues(values.numbers(scale) ?? []) else {
      throw MethodError(
        .invalidValue, "\(id): “\(scale)” is an empty list, expected one number or one a head", parameter: scale)
    }
    guard let biases = HeadValues(values.numbers(bias) ?? []) else {
      throw MethodError(
        .invalidValue, "\(id): “\(bias)” is an empty list, expected one number or one a head", parameter: bias)
    }
    let counts = Set([scales.values.count, biases.values.count]).subtracting([1])
    guard counts.count < 2 else {
      throw MethodError(
        .invalidValue,
        "\(id): “\(scale)” has \(scales.values.count) numbers and “\(bias)” \(biases.values.count); they must be for the same heads",
        parameter: bias)
    }
    return (scales, biases)
  }
}
