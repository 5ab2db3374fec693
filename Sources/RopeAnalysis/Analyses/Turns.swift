import RopeMath

/// Turns that each pair makes within the trained and the target length.
///
/// Series: `within_trained` (baseline at the trained length), `within_target` (each method).
public enum Turns: Analysis {
  public static let card = AnalysisCard(
    id: "turns", title: "Turns by pair", unit: "turns", xLabel: "pair",
    formula: "r_i(L) = L·θ′_i/2π",
    caveat:
      "Pairs with few turns have seen each angle few times and may be under-trained though the circle is complete.",
    references: [.arXiv("2309.00071", "YaRN", "§3.2"), .arXiv("2502.20082", "LongRoPE2", "§3")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    func turns(_ plan: RotaryPlan, _ length: Int) -> [Double] {
      plan.inverseFrequencies.map { Double(length) * $0 / TrainedAngles.turn }
    }
    let within = turns(context.baseline, context.trainedLength)
    let trained = card.overPairs(
      "within_trained", within, method: AnalysisSeries.baseline, length: context.trainedLength,
      summary: [
        .pairsBelow1: Double(within.count { $0 < 1 }), .pairs1To4: Double(within.count { $0 >= 1 && $0 < 4 }),
        .pairs1To10: Double(within.count { $0 >= 1 && $0 < 10 }),
      ])
    return [trained]
      + context.subjects.map { subject in
        let y = turns(subject.plan, context.targetLength)
        return card.overPairs(
          "within_target", y, method: subject.label, length: context.targetLength,
          summary: [.pairsBelow1: Double(y.count { $0 < 1 }), .largest: y.max() ?? .nan])
      }
  }
}

extension SummaryKey {
  /// Pairs by their turns; the largest number of turns.
  public static let pairsBelow1 = Self("pairs_below_1"), pairs1To4 = Self("pairs_1_to_4"),
    pairs1To10 = Self("pairs_1_to_10"), largest = Self("largest")
}
