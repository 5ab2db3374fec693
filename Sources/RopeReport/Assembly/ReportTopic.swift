import RopeFigures

/// A question of the report, and the figures that answer it in their order. What a section tells of formulas follows from
/// the cards of its figures.
enum ReportTopic: CaseIterable {
  case comparison, angles, frequencies, attention, positions, generating, cost, runtimes, losses, retrieval, scores,
    predictions

  /// Ids of figure cards.
  var figures: [String] {
    switch self {
    case .comparison: ["summary", "phase-safe-length"]
    case .angles: ["wavelength", "coverage", "turns", "extrapolated-angles", "exposure-map"]
    case .frequencies: ["interpolation-ratio", "resolution", "reach-cost"]
    case .attention:
      [
        "attention-score", "signal-noise", "attention-entropy", "positional-entropy", "temperature",
        "advice-stability", "extrapolation", "base-bound",
      ]
    case .positions: ["position-map", "visibility", "work"]
    case .generating: ["schedule", "trajectories", "stale-keys", "cache-hazard"]
    case .cost: ["cache-memory", "precision"]
    case .runtimes: ["parity"]
    case .losses: ["loss-by-position", "rounding"]
    case .retrieval: ["passkey-map"]
    case .scores: ["score-by-length"]
    case .predictions: ["prediction"]
    }
  }

  /// Ids of the analyses that the figures are drawn from.
  var analyses: Set<String> {
    Set(figures.compactMap { FigureCatalogue.kind(named: $0)?.card.analyses }.joined())
  }

  /// Where a figure of a card stands; those that no topic names come with the comparison.
  static func topic(of figure: String) -> ReportTopic {
    allCases.first { $0.figures.contains(figure) } ?? .comparison
  }
}
