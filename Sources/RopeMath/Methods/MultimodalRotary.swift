/// M-RoPE: the pairs of a head are shared out among time, height and width.
public struct MultimodalRotary: ScalingMethod {
  public static let card = MethodCard(
    id: "mrope", aliases: ["m-rope"], title: "M-RoPE (multimodal)", shortTitle: "M-RoPE",
    summary: """
      Gives each pair one of three position counters (time, height, width of an image patch). Text advances all three \
      together and sees plain RoPE; composes with a frequency method.
      """,
    formula: """
      sectioned: the first n_t pairs read time, the next n_h height, the rest width;  interleaved: pair i reads height \
      for i mod 3 = 1 and i < 3·n_h, width for i mod 3 = 2 and i < 3·n_w, else time
      """,
    stages: [.streams],
    parameters: [
      MethodParameter(
        "mrope_section", .numbers, range: 0...65_536,
        default: .absent("2:3:3 of the pairs, interleaved 6:5:5, as in Qwen2-VL and Qwen3-VL"),
        summary: "pairs n_t, n_h, n_w; together all pairs of the head"),
      MethodParameter(
        "mrope_interleaved", .flag, default: .constant(.flag(false)), summary: "interleave the three (Qwen3-VL)"),
    ],
    references: [
      .arXiv("2409.12191", "Qwen2-VL", "§2.1"),
      Reference("transformers", source: "modeling_qwen3_vl.py", place: "apply_interleaved_mrope"),
    ],
    hazardClass: "K0", training: .required, cost: "A choice of the architecture, fixed by pre-training.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp (MROPE, IMROPE)"])

  public let section: [Int]?
  public let isInterleaved: Bool

  public init(_ values: ParameterValues) throws(MethodError) {
    isInterleaved = values.flag("mrope_interleaved") ?? false
    guard let given = values.numbers("mrope_section") else {
      section = nil
      return
    }
    let whole = given.compactMap { Int(exactly: $0) }
    guard given.count == 3, whole.count == 3 else {
      throw MethodError(
        .invalidValue, "mrope: “mrope_section” is \(ParameterValue.numbers(given)), expected three whole numbers",
        parameter: "mrope_section")
    }
    section = whole
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let pairs = plan.pairCount
    let side = isInterleaved ? 5 * pairs / 16 : 3 * pairs / 8
    let counts = section ?? [pairs - 2 * side, side, side]
    guard counts.reduce(0, +) == pairs else {
      throw MethodError(
        .invalidValue, "mrope: “mrope_section” adds up to \(counts.reduce(0, +)), this model rotates \(pairs) pairs",
        parameter: "mrope_section")
    }
    plan.pairStreams = (0..<pairs).map { i in
      if isInterleaved {
        if i % 3 == 1, i < 3 * counts[1] { return .height }
        if i % 3 == 2, i < 3 * counts[2] { return .width }
        return .temporal
      }
      return i < counts[0] ? .temporal : i < counts[0] + counts[1] ? .height : .width
    }
  }
}
