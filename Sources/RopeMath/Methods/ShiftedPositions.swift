/// STRING: far keys are rotated as if they stood nearer, at distances that training showed often.
public struct ShiftedPositions: ScalingMethod {
  public static let card = MethodCard(
    id: "string", aliases: ["shifted-positions"], title: "STRING (shifted positions)", shortTitle: "STRING",
    summary: """
      Keeps true distances below a shift S and takes S − W off all larger ones, so that the far part of a text is read at \
      distances that training showed often instead of those it showed rarely. Works on frozen weights, inside the trained \
      length.
      """,
    formula: "φ = p − r for p − r < S, else p − r − S + W;  reach L0 + S − W",
    stages: [.positions],
    parameters: [
      MethodParameter(
        "shifted_offset", .integer, range: 1...Double(RotaryGeometry.largestLength),
        default: .derived("0.33 of the trained length") {
          .number(Double(max(1, Int(0.33 * Double($0.geometry.trainedLength)))))
        },
        summary: "S: tokens at true distance, and distances that are left out at the far end"),
      MethodParameter(
        "small_local_value", .integer, range: 0...Double(RotaryGeometry.largestLength),
        default: .dependent("128, at most the shift") { _, values in
          .number(min(128, values.number("shifted_offset") ?? 128))
        },
        summary: "W: smallest distance of a shifted key, in tokens"),
    ],
    references: [
      .arXiv("2410.18745", "STRING"),
      Reference("STRING", source: "HKUNLP/STRING", place: "string_for_llama.py"),
    ],
    hazardClass: "K0", training: .none,
    cost: "No training; two partial attentions are merged. Keys keep their own position, so ordinary caches hold.",
    implementers: ["HKUNLP/STRING (transformers and a fork of vLLM)"], exactness: .approximate)

  public let shift: Int
  public let local: Int

  public init(_ values: ParameterValues) throws(MethodError) {
    shift = values.integer("shifted_offset") ?? 1
    local = values.integer("small_local_value") ?? 0
    guard local <= shift else {
      throw MethodError(
        .invalidValue, "string: “small_local_value” is \(local), expected at most “shifted_offset”, which is \(shift)",
        parameter: "small_local_value")
    }
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.bands = [
      PositionBand(region: PositionRegion(largestDistance: shift - 1), query: .identity, key: .identity),
      PositionBand(region: .everywhere, query: PositionFunction(offset: Double(local - shift)), key: .identity),
    ]
  }
}
