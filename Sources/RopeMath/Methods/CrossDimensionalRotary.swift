/// XD-RoPE of HunYuan-VL: NTK alpha, and four position counters.
public struct CrossDimensionalRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "xdrope", aliases: ["xd-rope"], title: "XD-RoPE (HunYuan-VL)", shortTitle: "XD-RoPE",
    summary: """
      HunYuan's fixed NTK alpha with the pairs of a head shared out among four counters: the token's place in the text, \
      width, height and image. Text advances all four together and sees NTK alpha alone.
      """,
    formula:
      "θ′_i = θ_i · α^(−2i/(d−2));  the first n_p pairs read the text's place, then n_w width, n_h height, n_t the image",
    stages: [.frequencies, .streams],
    parameters: [
      NTKAlpha.alphaParameter,
      MethodParameter(
        "xdrope_section", .numbers, range: 0...65_536, default: .absent("a quarter of the pairs each"),
        summary: "pairs n_p, n_w, n_h, n_t; together all pairs of the head"),
    ],
    references: [
      Reference("vLLM", source: "xdrope.py", place: "XDRotaryEmbedding"),
      Reference("transformers", source: "modeling_hunyuan_vl.py", place: "HunYuanVLRotaryEmbedding"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training.",
    implementers: ["vLLM 0.12 to 0.29 (xdrope)", "transformers 5.24 (hunyuan_vl)"], isComparedByDefault: false)

  public let alpha: Double
  public let section: [Int]?

  public init(_ values: ParameterValues) throws(MethodError) {
    alpha = values.number("alpha", default: 1000)
    guard let given = values.numbers("xdrope_section") else {
      section = nil
      return
    }
    let whole = given.compactMap { Int(exactly: $0) }
    guard given.count == 4, whole.count == 4 else {
      throw MethodError(
        .invalidValue, "xdrope: “xdrope_section” is \(ParameterValue.numbers(given)), expected four whole numbers",
        parameter: "xdrope_section")
    }
    section = whole
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let pairs = plan.pairCount
    let counts = section ?? [pairs - 3 * (pairs / 4), pairs / 4, pairs / 4, pairs / 4]
    guard counts.reduce(0, +) == pairs else {
      throw MethodError(
        .invalidValue, "xdrope: “xdrope_section” adds up to \(counts.reduce(0, +)), this model rotates \(pairs) pairs",
        parameter: "xdrope_section")
    }
    try NTKAware.scale(&plan, by: alpha)
    plan.pairStreams = zip([PositionStream.sequence, .width, .height, .temporal], counts).flatMap {
      Array(repeating: $0, count: $1)
    }
  }
}
