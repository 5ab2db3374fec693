import RopeMath

/// How much of each pair's circle is covered, in training and at the target.
///
/// Series: `trained` and `largest_gap` (baseline: the largest arc between neighbouring trained angles, by the three-gap
/// theorem), `at_target` and `new_arc` (each method; the simulated arc beside the closed form).
public enum Coverage: Analysis {
  public static let card = AnalysisCard(
    id: "coverage", title: "Covered share of each pair's circle", unit: "share of the circle", xLabel: "pair",
    formula: "c_i = min(1, L0·θ_i/2π); new arc e_i = max(0, min(2π, L·θ′_i) − min(2π, L0·θ_i))/2π",
    caveat:
      "A covered angle was seen at least once, not often. Interpolated angles of completed pairs are counted under the method’s own frequencies, as if it had been trained with them. Distances that stop one token beyond the trained ones count as inside. Simulation: 720 bins a circle, fewer where single tokens are farther apart than that.",
    references: [
      .arXiv("2502.20082", "LongRoPE2", "§3"), .arXiv("2310.05209", "Liu et al.", "§3.2"),
      Reference("Sós", source: "Ann. Univ. Sci. Budapest 1 (1958)", place: "three-gap theorem"),
    ])

  private static let largestBinCount = 720

  /// Bins of a pair's circle: wide enough for two trained positions each, so that a bin left out was not trained.
  private static func binCount(trainedFrequency: Double) -> Int {
    guard trainedFrequency > 0 else { return largestBinCount }
    return max(1, min(largestBinCount, Int(min(1e6, TrainedAngles.turn / trainedFrequency / 2))))
  }

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedAngles
    let arcs = trained.arcs
    let baseline = card.overPairs(
      "trained", arcs, method: AnalysisSeries.baseline, length: context.trainedLength,
      summary: [
        .meanTrainedArc: arcs.reduce(0, +) / Double(arcs.count),
        .incompletePairs: Double(trained.incompletePairs.count),
      ])
    let gaps = context.baseline.inverseFrequencies.map { CircleGaps.largest(angle: $0, count: context.trainedLength) }
    let gap = card.overPairs(
      "largest_gap", gaps, method: AnalysisSeries.baseline, length: context.trainedLength,
      summary: [.largestGapOfCompletePairs: zip(gaps, arcs).filter { $1 >= 1 }.map(\.0).max() ?? .nan])
    let seen = trainedBins(context.training, binsBy: context.baseline, trained)
    return [baseline, gap]
      + context.subjects.flatMap { subject -> [AnalysisSeries] in
        let plan = subject.plan, own = context.trainedPlan(for: plan)
        let trained = context.trainedAngles(for: plan)
        let seen = own == context.baseline ? seen : trainedBins(context.training(for: plan), binsBy: own, trained)
        let distances = plan.distanceCount(length: context.targetLength)
        let pairs = 0..<min(plan.pairCount, trained.largest.count)
        let covered = plan.inverseFrequencies.map { min(1, distances * $0 / TrainedAngles.turn) }
        let new = pairs.map { trained.newArc(pair: $0, angle: distances * plan.inverseFrequencies[$0]) }
        let simulated = pairs.map { pair -> Double in
          guard let known = seen[pair] else { return 0 }
          let bins = binCount(trainedFrequency: own.inverseFrequencies[pair])
          let visited = visitedBins(frequency: plan.inverseFrequencies[pair], count: distances, bins: bins)
          return Double(visited.subtracting(known).count) / Double(bins)
        }
        let between = interpolatedGaps(plan, trained, length: own.length, target: context.targetLength)
        let fewestBins =
          seen.keys.map { binCount(trainedFrequency: own.inverseFrequencies[$0]) }.min() ?? largestBinCount
        let error = zip(new, simulated).map { abs($0 - $1) }.max() ?? 0
        return [
          card.overPairs(
            "at_target", covered, method: subject.label, length: context.targetLength,
            summary: [.meanArcAtTarget: covered.reduce(0, +) / Double(max(1, covered.count))]),
          card.overPairs(
            "new_arc", simulated, method: subject.label, length: context.targetLength, closedForm: new,
            summary: [
              .meanNewArc: new.reduce(0, +) / Double(max(1, new.count)),
              .meanNewArcSimulated: simulated.reduce(0, +) / Double(max(1, new.count)),
              .pairsWithNewAngles: plan.isOneStepOutside(trained) ? 0 : Double(new.count { $0 > 1e-9 }),
              .worstDifference: error, .fewestBins: Double(fewestBins),
              .pairsWithInterpolatedAngles: Double(between.count), .largestInterpolatedGap: between.max() ?? 0,
            ]),
        ]
      }
  }

  /// For every pair that completed its circle, does so under the method too, and stands at angles between the trained ones at the target, as it does where
  /// its wavelength is no whole number of tokens: the largest arc, as a share of the circle, that the positions of the
  /// trained length leave under the method's own frequency. None where a wavelength is whole (Resonance), for then every
  /// position beyond repeats a trained one.
  private static func interpolatedGaps(
    _ plan: RotaryPlan, _ trained: TrainedAngles, length: Int, target: Int
  ) -> [Double] {
    guard target > length, plan.readsTrueDistances else { return [] }
    return plan.inverseFrequencies.indices.compactMap { pair in
      guard trained.largest.indices.contains(pair), trained.largest[pair] >= TrainedAngles.turn,
        plan.inverseFrequencies[pair] > 0
      else { return nil }
      let frequency = plan.inverseFrequencies[pair], wavelength = TrainedAngles.turn / frequency
      guard wavelength <= Double(length), abs(wavelength - wavelength.rounded()) > 1e-9 * wavelength else { return nil }
      return CircleGaps.largest(angle: frequency, count: length)
    }
  }

  /// The bins of each incomplete pair that the trained positions fall into.
  private static func trainedBins(_ training: TrainedDistances, binsBy own: RotaryPlan, _ trained: TrainedAngles)
    -> [Int: Set<Int>]
  {
    let stages = training.stages.map(\.plan)
    return trained.incompletePairs.reduce(into: [:]) { known, pair in
      let bins = binCount(trainedFrequency: own.inverseFrequencies[pair])
      known[pair] = stages.reduce(into: []) { seen, stage in
        seen.formUnion(
          visitedBins(frequency: stage.inverseFrequencies[pair], count: Double(stage.length), bins: bins))
      }
    }
  }

  /// Bins that the angles of positions 0 ..< count fall into. Positions are visited in steps that turn by less than half
  /// a bin where single tokens turn by less; every bin of the arc is met either way.
  private static func visitedBins(frequency: Double, count: Double, bins: Int) -> Set<Int> {
    guard frequency > 0 else { return [0] }
    let bin = TrainedAngles.turn / Double(bins)
    let step = max(1, (bin / (2 * frequency)).rounded(.down))
    var visited: Set<Int> = []
    var position = 0.0
    // Two turns in half-bin steps are all that can be new; a faster pair needs no more than the positions there are.
    let last = min(count - 1, max(4 * TrainedAngles.turn / frequency, 4096))
    while position <= last {
      let angle = (position * frequency).truncatingRemainder(dividingBy: TrainedAngles.turn)
      visited.insert(min(bins - 1, Int(angle / bin)))
      position += step
    }
    if count >= 1, last == count - 1 {
      let angle = (last * frequency).truncatingRemainder(dividingBy: TrainedAngles.turn)
      visited.insert(min(bins - 1, Int(angle / bin)))
    }
    return visited
  }
}

extension SummaryKey {
  /// Share of the circle, mean over pairs, in training; pairs that never complete a turn; the largest gap that completed ones
  /// leave, as a share of the circle.
  public static let meanTrainedArc = Self("mean_trained_arc"), incompletePairs = Self("incomplete_pairs"),
    largestGapOfCompletePairs = Self("largest_gap_of_complete_pairs")
  /// Share of the circle, mean over pairs, at the target; of it what training never showed.
  public static let meanArcAtTarget = Self("mean_arc_at_target"), meanNewArc = Self("mean_new_arc"),
    meanNewArcSimulated = Self("mean_new_arc_simulated")
  /// Pairs that meet untrained angles at the target, and completed ones that stand between trained ones, with their largest
  /// gap as a share of the circle.
  public static let pairsWithNewAngles = Self("pairs_with_new_angles"),
    pairsWithInterpolatedAngles = Self("pairs_with_interpolated_angles"),
    largestInterpolatedGap = Self("largest_interpolated_gap")
  /// Bins of the coarsest circle of the simulation.
  public static let fewestBins = Self("fewest_bins")
}
