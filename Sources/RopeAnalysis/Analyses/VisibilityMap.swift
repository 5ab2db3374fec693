import RopeMath

/// Which keys each query attends to, for methods that leave some out.
///
/// Series: `seen` (each method whose newest token does not score every key). The grid is that of `PositionMap`; y is the
/// share of heads that see the key, or the chance that retrieval brings the key's block if any block were as likely as
/// another; not a number after the query.
public enum VisibilityMap: Analysis {
  public static let card = AnalysisCard(
    id: "visibility-map", title: "Visible keys by query and key", unit: "share of heads", xLabel: "key (tokens)",
    formula:
      "1 where the mask allows (p, r); ½ where it does for one half of the heads; k/⌊p/B⌋ for a block that may be retrieved",
    caveat: "Which blocks are retrieved depends on the text; the map shows how many.",
    references: [
      .arXiv("2308.16137", "LM-Infinite", "§4"), .arXiv("2309.12307", "LongLoRA", "§3.2"),
      .arXiv("2305.16300", "Landmark Attention", "§3.2"),
    ])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let length = context.targetLength, side = min(PositionMap.side, length)
    let centres = (0..<side).map { (2 * $0 + 1) * length / (2 * side) }
    return context.subjects.compactMap { subject in
      let scored = subject.plan.scoresPerToken(length: length)
      guard scored < Double(length) else { return nil }
      let y = centres.flatMap { p in centres.map { r in r > p ? .nan : share(subject.plan, query: p, key: r) } }
      return card.curve(
        "seen", x: centres.flatMap { _ in centres.map(Double.init) }, y, method: subject.label, length: length,
        summary: [.side: Double(side), .shareOfKeysScored: scored / Double(length)])
    }
  }

  private static func share(_ plan: RotaryPlan, query p: Int, key r: Int) -> Double {
    if case .landmark(let block, let retrieved?) = plan.normalisation, block > 0 {
      let earlier = p / block
      return r / block == earlier || earlier <= retrieved ? 1 : Double(retrieved) / Double(earlier)
    }
    let halves = [false, true].count { plan.visibility.allows(query: p, key: r, shifted: $0) }
    return Double(halves) / 2
  }
}

extension SummaryKey {
  /// Of the newest query at the target.
  public static let shareOfKeysScored = Self("share_of_keys_scored")
}
