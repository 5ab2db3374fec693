import RealModule
import RopeMath

/// How much each pair is slowed down.
///
/// Series: `ratio` (each method).
public enum InterpolationRatios: Analysis {
  public static let card = AnalysisCard(
    id: "interpolation-ratios", title: "Interpolation ratio by pair", unit: "θ′/θ", xLabel: "pair",
    formula: "ρ_i = θ′_i/θ_i: 1 is extrapolated, 1/s fully interpolated",
    references: [.arXiv("2309.00071", "YaRN", "§3"), .arXiv("2306.15595", "Position Interpolation", "eq. 4")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    context.subjects.map { subject in
      let ratios = subject.plan.interpolationRatios
      let rotating = ratios.filter { $0 > 0 }
      let logarithms = rotating.map { Double.log($0) }
      let smallest = rotating.min() ?? .nan
      // The ramp's edges are found from the numbers: the last pair that is kept, the first that is slowed down fully.
      let firstSlowed = ratios.firstIndex { abs($0 - 1) > 1e-9 }
      let firstFull = ratios.firstIndex { $0 > 0 && $0 <= smallest * (1 + 1e-9) }
      return card.overPairs(
        "ratio", ratios, method: subject.label, length: context.targetLength,
        summary: [
          .geometricMean: .exp(logarithms.reduce(0, +) / Double(max(1, logarithms.count))),
          .sum: ratios.reduce(0, +), .smallest: smallest,
          .firstInterpolatedPair: firstSlowed.map(Double.init) ?? .nan,
          .firstFullyInterpolatedPair: firstFull.map(Double.init) ?? .nan,
          .logDistanceToNone: (logarithms.reduce(0) { $0 + $1 * $1 } / Double(max(1, logarithms.count)))
            .squareRoot(),
        ])
    }
  }
}

extension SummaryKey {
  /// θ′/θ over the pairs.
  public static let geometricMean = Self("geometric_mean"), sum = Self("sum"), smallest = Self("smallest")
  /// Where the ramp begins and ends.
  public static let firstInterpolatedPair = Self("first_interpolated_pair"),
    firstFullyInterpolatedPair = Self("first_fully_interpolated_pair")
  /// Root mean square of ln(θ′/θ).
  public static let logDistanceToNone = Self("log_distance_to_none")
}
