import RopeMath

/// How a method moves as the context grows.
///
/// Series: `slowest_ratio`, `geometric_mean_ratio`, `attention_factor` (each method) against the length.
public enum Schedule: Analysis {
  public static let card = AnalysisCard(
    id: "schedule", title: "Scaling against the length in context", unit: "θ′/θ; multiplier",
    xLabel: "length in context (tokens)",
    formula: "ρ of the slowest rotating pair, geometric mean of ρ, attention factor a, of the plan made for L tokens",
    references: [.arXiv("2309.00071", "YaRN", "§3.3"), .arXiv("2402.13753", "LongRoPE", "§3.2")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let last = min(4 * context.targetLength, RotaryGeometry.largestLength)
    let first = max(1, context.trainedLength / 4)
    // Four steps to a doubling, and the token behind the trained length, where switches happen.
    var lengths = Set(
      LengthGrid.powersOfTwo(
        from: first, to: max(last, context.trainedLength + 1),
        including: [context.trainedLength, context.trainedLength + 1, context.targetLength]))
    for length in lengths {
      lengths.formUnion([length * 5 / 4, length * 3 / 2, length * 7 / 4].filter { $0 <= last && $0 >= first })
    }
    let grid = lengths.sorted()
    return context.subjects.flatMap { subject -> [AnalysisSeries] in
      let plans = grid.map { try? subject.method.plan(length: $0) }
      let slowest = plans.map { plan in plan?.interpolationRatios.last { $0 > 0 } ?? .nan }
      let means = plans.map { $0?.geometricMeanRatio(context.baseline) ?? .nan }
      let factors = plans.map { $0?.attentionFactor ?? .nan }
      func moves(_ values: [Double]) -> Bool {
        let finite = values.filter(\.isFinite)
        return (finite.max() ?? 0) - (finite.min() ?? 0) > 1e-12
      }
      let summary: [SummaryKey: Double] = [
        .moves: moves(slowest) || moves(means) || moves(factors) ? 1 : 0,
        .changesFrom: changeLength(subject.plan.cachedKeys) ?? .nan,
        .slowestRatioAtTarget: grid.firstIndex(of: context.targetLength).map { slowest[$0] } ?? .nan,
      ]
      return [("slowest_ratio", slowest), ("geometric_mean_ratio", means), ("attention_factor", factors)].map {
        card.curve(
          $0, x: grid.map(Double.init), $1, method: subject.label, length: context.targetLength, summary: summary)
      }
    }
  }

  /// The length, in tokens, beyond which the frequencies are others: LongRoPE's switch, dynamic scaling's start.
  private static func changeLength(_ keys: CachedKeys) -> Double? {
    switch keys {
    case .fixed, .unrotated: nil
    case .switchesOnce(let length), .drifts(let length), .steps(let length): Double(length)
    }
  }
}

extension SummaryKey {
  /// 1 where a value moves with the length; tokens from which it does; θ′/θ of the slowest pair.
  public static let moves = Self("moves"), changesFrom = Self("changes_from"),
    slowestRatioAtTarget = Self("slowest_ratio_at_target")
}
