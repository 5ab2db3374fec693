import RopeMath

/// How far each pair turns beyond what training showed.
///
/// Series: `largest_trained` (baseline), `largest_target`, `unseen_share` (each method; simulated beside closed form).
public enum ExtrapolatedAngles: Analysis {
  public static let card = AnalysisCard(
    id: "extrapolated-angles", title: "Rotation angles beyond training", unit: "radians; share of positions",
    xLabel: "pair",
    formula:
      "largest angle L·θ′_i against L0·θ_i; unseen share of positions (n(2π − c) + max(0, rest − c))/(L·θ′_i) with n full turns and the trained arc c",
    caveat:
      "Counts positions, not attention: far keys may weigh little. The simulation walks the positions in steps of 1/512 of the trained arc, at most 262,144 of them.",
    references: [.arXiv("2310.05209", "Liu et al.", "§3"), .arXiv("2502.20082", "LongRoPE2", "§3")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedAngles
    let baseline = card.overPairs(
      "largest_trained", trained.largest, method: AnalysisSeries.baseline, length: context.trainedLength)
    return [baseline]
      + context.subjects.flatMap { subject -> [AnalysisSeries] in
        let plan = subject.plan, trained = context.trainedAngles(for: plan)
        let distances = plan.distanceCount(length: context.targetLength)
        let angles = plan.inverseFrequencies.map { $0 * distances }
        let pairs = 0..<min(plan.pairCount, trained.largest.count)
        let closed = pairs.map { trained.unseenShare(pair: $0, angle: angles[$0]) }
        let simulated = pairs.map {
          simulatedShare(frequency: plan.inverseFrequencies[$0], trained: trained.largest[$0], count: distances)
        }
        let total = Double(max(1, pairs.count))
        let worst = closed.indices.max { closed[$0] < closed[$1] }
        return [
          card.overPairs("largest_target", angles, method: subject.label, length: context.targetLength),
          card.overPairs(
            "unseen_share", simulated, method: subject.label, length: context.targetLength, closedForm: closed,
            summary: [
              .shareOutOfDistribution: closed.reduce(0, +) / total,
              .shareOutOfDistributionSimulated: simulated.reduce(0, +) / total,
              .worstDifference: zip(closed, simulated).map { abs($0 - $1) }.max() ?? 0,
              .worstPair: worst.flatMap { closed[$0] > 0 ? Double($0) : nil } ?? .nan,
              .pairsWithNewAngles: plan.isOneStepOutside(trained) ? 0 : Double(closed.count { $0 > 1e-9 }),
            ]),
        ]
      }
  }

  /// Share of the visited positions whose angle, reduced to one turn, lies beyond the trained arc.
  private static func simulatedShare(frequency: Double, trained: Double, count: Double) -> Double {
    guard trained > 0, trained < TrainedAngles.turn, frequency > 0 else { return 0 }
    // Contexts of thousands of trained lengths are sampled more thinly, so that the walk ends.
    let step = max(1, (trained / frequency / 512).rounded(.down), (count / Double(1 << 18)).rounded(.up))
    var visited = 0, unseen = 0
    var position = 0.0
    while position < count {
      let angle = (position * frequency).truncatingRemainder(dividingBy: TrainedAngles.turn)
      visited += 1
      // The last trained position stands at trained − θ; the arc between positions counts as seen.
      if angle > trained { unseen += 1 }
      position += step
    }
    return Double(unseen) / Double(max(1, visited))
  }
}

extension SummaryKey {
  /// Share of positions at untrained angles, mean over pairs.
  public static let shareOutOfDistribution = Self("share_out_of_distribution"),
    shareOutOfDistributionSimulated = Self("share_out_of_distribution_simulated")
  /// The pair with the largest value.
  public static let worstPair = Self("worst_pair")
}
