import RopeMath

/// Which distance each query sees each key at, and which keys it does not see at all.
///
/// Series: `unscaled` (baseline: true distances) and `distance` (each method that re-maps distances, hides keys or
/// normalises in groups). The grid of `side` × `side` cells is flattened row by row, a row a query from the first to the
/// last; x is the key at the middle of a cell, y the effective distance in tokens, not a number where no key is seen.
public enum PositionMap: Analysis {
  public static let card = AnalysisCard(
    id: "position-map", title: "Effective distance by query and key", unit: "tokens", xLabel: "key (tokens)",
    formula: "φ(p, r) = f(p) − g(r) with the position functions of the band that holds (p, r)",
    caveat:
      "One pair of tokens stands for a cell: the middle of it. Where bands are added, the first band's distance is shown.",
    references: [
      .arXiv("2401.01325", "Self-Extend", "§3.2"), .arXiv("2402.17463", "ChunkLlama", "§3"),
      .arXiv("2308.16137", "LM-Infinite", "§4"),
    ])

  public static let side = 64

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let length = context.targetLength
    let cells = min(side, length)
    let centres = (0..<cells).map { (2 * $0 + 1) * length / (2 * cells) }
    let xs = centres.flatMap { _ in centres.map(Double.init) }
    func curve(_ name: String, _ plan: RotaryPlan, _ label: String) -> AnalysisSeries {
      var y: [Double] = []
      y.reserveCapacity(cells * cells)
      for p in centres {
        for r in centres {
          let isSeen =
            plan.visibility.allows(query: p, key: r) || plan.visibility.allows(query: p, key: r, shifted: true)
          y.append(isSeen ? plan.effectiveDistance(query: p, key: r) ?? .nan : .nan)
        }
      }
      return card.curve(
        name, x: xs, y, method: label, length: length,
        summary: [
          .side: Double(cells), .largestDistance: plan.distanceCount(length: length) - 1,
          .shareOfKeysSeen: plan.scoresPerToken(length: length) / Double(length),
          .keepsTrueDistances: plan.readsTrueDistances ? 1 : 0,
        ])
    }
    let changed = context.subjects.filter { !$0.plan.readsTrueDistances || !$0.plan.isExact }
    guard !changed.isEmpty else { return [] }
    return [curve("unscaled", context.baseline, AnalysisSeries.baseline)]
      + changed.map { curve("distance", $0.plan, $0.label) }
  }
}

extension SummaryKey {
  /// Cells of a side; tokens of the largest distance; share of keys; 1 where all distances are true ones.
  public static let side = Self("side"), largestDistance = Self("largest_distance"),
    shareOfKeysSeen = Self("share_of_keys_seen"), keepsTrueDistances = Self("keeps_true_distances")
}
