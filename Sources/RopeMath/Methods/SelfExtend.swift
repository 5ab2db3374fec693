/// Self-Extend: true distances nearby, distances between groups of tokens farther away.
public struct SelfExtend: ScalingMethod {
  public static let card = MethodCard(
    id: "self-extend", aliases: ["selfextend", "longlm"], title: "Self-Extend",
    summary: """
      Keeps true distances inside a window of recent tokens and counts positions in groups beyond it, so that the \
      largest distance stays inside the trained range without any training; far tokens of one group look alike.
      """,
    formula: "φ = p − r for p − r < w, else ⌊p/G⌋ − ⌊r/G⌋ + w − ⌊w/G⌋;  reach (L0 − w + ⌊w/G⌋)·G",
    stages: [.positions],
    parameters: [
      MethodParameter(
        "window", .integer, range: 1...Double(RotaryGeometry.largestLength), default: .trainedLength(over: 4),
        summary: "w: recent tokens, in tokens, at true distance (neighbor window)"),
      MethodParameter(
        "group", .integer, range: 1...Double(RotaryGeometry.largestLength),
        default: .dependent("the smallest group that reaches the target", Self.smallestGroup),
        summary: "G: tokens that share one position beyond the window (group size)"),
      .logn,
    ],
    references: [
      .arXiv("2401.01325", "Self-Extend", "§3.2, eq. 4"),
      Reference("LongLM", source: "datamllab/LongLM", place: "self_extend_patch/Llama_4_40.py"),
    ],
    hazardClass: "Kp", training: .none,
    cost: "No training; each key is rotated twice and each logit beyond the window is computed a second time.",
    implementers: ["datamllab/LongLM", "llama.cpp (its main example, --grp-attn-n and --grp-attn-w)"],
    exactness: .approximate)

  public let window: Int
  public let group: Int
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    window = values.integer("window") ?? 1
    guard let group = values.integer("group") else {
      throw MethodError(
        .undefined,
        "self-extend: no group reaches the target with a window of \(window) tokens, which leaves no trained distance"
          + " beyond it; give a smaller window", parameter: "window")
    }
    self.group = group
    lognLength = values.number("logn")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let near = PositionRegion(largestDistance: window - 1)
    let shift = Double(window - window / group)
    plan.bands = [
      PositionBand(region: near, query: .identity, key: .identity),
      PositionBand(
        region: .everywhere, query: PositionFunction(offset: shift, group: group), key: PositionFunction(group: group)),
    ]
    plan.cachedKeys = .unrotated
    plan.scaleQueries(lognLength: lognLength)
  }

  /// The largest length, in tokens, whose distances all stay below the trained length: `(L0 − w + ⌊w/G⌋)·G`; nil where
  /// it is beyond any length.
  public static func reach(trainedLength: Int, window: Int, group: Int) -> Int? {
    let (reach, overflow) = (trainedLength - window + window / group).multipliedReportingOverflow(by: group)
    return overflow ? nil : reach
  }

  private static func smallestGroup(_ context: MethodContext, _ values: ParameterValues) -> ParameterValue? {
    let trained = context.geometry.trainedLength, target = context.targetLength
    guard let window = values.integer("window"), target > trained, window < target else { return .number(1) }
    guard window < trained else { return nil }
    // Between a bound that ⌊w/G⌋·G ≤ w gives and the group that needs no help from ⌊w/G⌋.
    let spare = trained - window
    let lowest = (target - window + spare - 1) / spare, enough = (target + spare - 1) / spare
    let candidates = lowest...min(enough, lowest + 65_536)
    let group = candidates.first { reach(trainedLength: trained, window: window, group: $0) ?? target >= target }
    return .number(Double(group ?? enough))
  }
}
