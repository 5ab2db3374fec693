import RopeMath

/// The path that single pairs take as the context grows, for methods that move: dynamic NTK, LongRoPE's switch, CLEX.
///
/// Series: `pair_I` for a few pairs I from the fastest to the slowest (each method whose frequencies change within a
/// session): θ′/θ against the length.
public enum Trajectories: Analysis {
  public static let card = AnalysisCard(
    id: "trajectories", title: "Frequency trajectories", unit: "θ′/θ", xLabel: "length in context (tokens)",
    formula: "ρ_i(L) = θ′_i(L)/θ_i of the plan made for L tokens",
    references: [.arXiv("2310.16450", "CLEX", "§3"), .arXiv("2402.13753", "LongRoPE", "§3.2")])

  /// Curves a method.
  static let pairCount = 5
  private static let stepsPerTrainedLength = 8

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength
    let last = max(context.targetLength, min(2 * trained, RotaryGeometry.largestLength))
    // Even steps of the trained length show what happens at its multiples; far targets take longer steps.
    let step = max(1, max(trained / stepsPerTrainedLength, last / 256))
    var lengths = Set(stride(from: max(1, trained / 2), through: last, by: step))
    lengths.formUnion([trained, min(last, trained + 1), context.targetLength])
    let grid = lengths.sorted()
    return context.subjects.filter { $0.plan.cachedKeys.changesWithLength }.flatMap { subject -> [AnalysisSeries] in
      let plans = grid.map { try? subject.method.plan(length: $0).interpolationRatios }
      let count = subject.plan.pairCount
      let pairs = Set((0..<min(pairCount, count)).map { $0 * (count - 1) / max(1, min(pairCount, count) - 1) }).sorted()
      return pairs.map { pair in
        let ratios = plans.map { $0.flatMap { pair < $0.count ? $0[pair] : nil } ?? .nan }
        return card.curve(
          "pair_\(pair)", x: grid.map(Double.init), ratios, method: subject.label, length: context.targetLength,
          summary: [
            .pair: Double(pair),
            .ratioAtTarget: grid.firstIndex(of: context.targetLength).map { ratios[$0] } ?? .nan,
          ])
      }
    }
  }
}

extension SummaryKey {
  /// The curve's pair and its θ′/θ.
  public static let pair = Self("pair"), ratioAtTarget = Self("ratio_at_target")
}
