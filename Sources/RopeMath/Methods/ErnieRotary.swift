/// Ernie 4.5 VL's 3-D rotation: height and width alternate over the fast pairs, time has the slow ones.
public struct ErnieRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "ernie-3d", aliases: ["ernie-45-vl"], title: "Ernie 4.5 VL 3-D RoPE", shortTitle: "Ernie 3-D",
    summary: """
      Gives the fast pairs of a head in turn to the height and the width of an image patch and the slowest ones to time. \
      Text advances all three together and sees plain RoPE.
      """,
    formula: "pair i reads height for even and width for odd i < n_h + n_w, time from there on",
    stages: [.streams],
    parameters: [
      MethodParameter(
        "mrope_section", .numbers, range: 0...65_536, default: .absent("11:11:10 of the pairs, 22, 22 and 20 of 64"),
        summary: "pairs n_h, n_w, n_t; the first two equal, together all pairs of the head")
    ],
    references: [
      Reference("transformers", source: "modeling_ernie4_5_vl_moe.py", place: "Ernie4_5_VLMoeTextRotaryEmbedding"),
      Reference("vLLM", source: "vllm/model_executor/layers/rotary_embedding/ernie45_vl_rope.py"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training.",
    implementers: ["transformers 5.24", "vLLM"], isComparedByDefault: false)

  public let section: [Int]?

  public init(_ values: ParameterValues) throws(MethodError) {
    guard let given = values.numbers("mrope_section") else {
      section = nil
      return
    }
    let whole = given.compactMap { Int(exactly: $0) }
    guard given.count == 3, whole.count == 3, whole[0] == whole[1] else {
      throw MethodError(
        .invalidValue,
        "ernie-3d: “mrope_section” is \(ParameterValue.numbers(given)), expected three whole numbers, the first two equal",
        parameter: "mrope_section")
    }
    section = whole
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let pairs = plan.pairCount, side = 11 * pairs / 32
    let counts = section ?? [side, side, pairs - 2 * side]
    guard counts.reduce(0, +) == pairs else {
      throw MethodError(
        .invalidValue, "ernie-3d: “mrope_section” adds up to \(counts.reduce(0, +)), this model rotates \(pairs) pairs",
        parameter: "mrope_section")
    }
    plan.pairStreams = (0..<pairs).map { i in i < 2 * counts[0] ? (i.isMultiple(of: 2) ? .height : .width) : .temporal }
  }
}
