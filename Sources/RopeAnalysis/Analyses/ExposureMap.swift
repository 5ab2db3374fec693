import RealModule
import RopeMath

/// How often training showed each angle of each pair, and which of these angles a method asks for at the target.
///
/// Series: `exposure` (baseline), flattened pair by pair, `bins` bins of the circle each, as wide as a fixed ratio from
/// `smallest_angle` to one turn, the first one down to 0: x is the largest angle of the bin in radians, y how often training
/// showed its angles as a multiple of an even spread over the circle, 0 for never. `angles` (each method): the largest angle
/// of each pair at the target, radians, not reduced to one turn.
public enum ExposureMap: Analysis {
  public static let card = AnalysisCard(
    id: "exposure-map", title: "How often training showed an angle", unit: "multiples of an even spread",
    xLabel: "angle (radians)",
    formula:
      "E_i(A) = Σ_s w_s Σ_{Δ < L_s, Δθ_{s,i} mod 2π ∈ A} (1 − Δ/L_s), over its mean over the circle; a sequence of L tokens holds the distance Δ L − Δ times",
    caveat:
      "Distances are summed as an integral, which is coarse for pairs that turn by more than a bin a token; these see all angles alike. Every sequence is taken as one document. How often an angle must be seen is not known: the map shows counts, not learning.",
    references: [
      .arXiv("2502.20082", "LongRoPE2", "§3"), .arXiv("2410.18745", "An et al.", "§3"),
      .arXiv("2310.05209", "Liu et al.", "§3"),
    ])

  /// Bins of each pair's circle.
  public static let bins = 64
  /// Angles seen less often than this share of an even spread count as rarely seen.
  public static let rare = 0.1
  /// Distances that stand for those of a position map.
  private static let sampledDistances = 512

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let pairs = context.baseline.pairCount
    let edges = edges(context.trainedAngles)
    let exposure = (0..<pairs).map { relativeExposure(pair: $0, context.training, edges: edges) }
    let values = exposure.flatMap { $0 }
    let map = card.curve(
      "exposure", x: (0..<pairs).flatMap { _ in edges.dropFirst() }, values, method: AnalysisSeries.baseline,
      length: context.training.longest,
      summary: [
        .pairs: Double(pairs), .bins: Double(bins), .smallestAngle: edges[1],
        .stages: Double(context.training.stages.count),
        .knownWeights: context.training.hasKnownWeights ? 1 : 0,
        .shareNeverSeen: Double(values.count { $0 == 0 }) / Double(max(1, values.count)),
      ])
    return [map]
      + context.subjects.map { subject in
        let plan = subject.plan
        let own =
          plan.geometry.rotaryDimension == context.baseline.geometry.rotaryDimension
          ? exposure
          : (0..<plan.pairCount).map { relativeExposure(pair: $0, context.training(for: plan), edges: edges) }
        let distances = plan.distanceCount(length: context.targetLength)
        let shares = seldomShares(plan, own, edges: edges, context.targetLength)
        return card.overPairs(
          "angles", plan.inverseFrequencies.map { $0 * distances }, method: subject.label, length: context.targetLength,
          summary: [.shareNeverShown: shares.never, .shareRarelyShown: shares.rarely])
      }
  }

  /// 0, then `bins` angles in a fixed ratio up to one turn; the first of them lies well inside every trained arc.
  private static func edges(_ trained: TrainedAngles) -> [Double] {
    let least = trained.incompletePairs.map { trained.largest[$0] }.min() ?? TrainedAngles.turn
    let octaves = min(24, max(6, Double.log2(TrainedAngles.turn / least) + 2))
    return [0] + (1...bins).map { TrainedAngles.turn * .exp2(-octaves * Double(bins - $0) / Double(bins - 1)) }
  }

  /// `E_i` of every bin over its mean, each for its width; all in the first bin for a pair that does not rotate.
  static func relativeExposure(pair: Int, _ training: TrainedDistances, edges: [Double]) -> [Double] {
    var seen = Array(repeating: 0.0, count: bins)
    for stage in training.stages where stage.plan.inverseFrequencies.indices.contains(pair) {
      let frequency = stage.plan.inverseFrequencies[pair], length = Double(stage.length)
      guard frequency > 0 else {
        seen[0] += stage.weight * length / 2
        continue
      }
      if stage.window != nil {
        for bin in 0..<bins {
          seen[bin] +=
            stage.weight * skippedSightings(stage, from: edges[bin], to: edges[bin + 1], frequency: frequency)
        }
        continue
      }
      for bin in 0..<bins {
        seen[bin] +=
          stage.weight
          * sightings(
            from: edges[bin] / frequency, to: edges[bin + 1] / frequency, period: TrainedAngles.turn / frequency,
            length: length)
      }
    }
    let total = seen.reduce(0, +)
    return seen.indices.map { bin in
      total > 0 ? seen[bin] / total * TrainedAngles.turn / (edges[bin + 1] - edges[bin]) : 0
    }
  }

  /// `Σ_k ∫ max(0, 1 − Δ/L) dΔ` from `start` to `end`, both moved on by k periods: whole turns as an arithmetic series, the
  /// last one by itself.
  private static func sightings(from start: Double, to end: Double, period: Double, length: Double) -> Double {
    func kept(_ distance: Double) -> Double {
      let reached = min(max(0, distance), length)
      return reached - reached * reached / (2 * length)
    }
    let whole = max(0, ((length - end) / period).rounded(.down) + 1)
    let middle = (start + end) / 2
    let series = (end - start) * (whole - (period * whole * (whole - 1) / 2 + whole * middle) / length)
    let rest = kept(end + whole * period) - kept(start + whole * period)
    return (whole > 0 ? series : 0) + rest
  }

  /// The same of a stage that skips positions, by middles of each turn's part; a pair that makes more turns than are summed
  /// sees all angles alike.
  private static func skippedSightings(
    _ stage: TrainedDistances.Stage, from start: Double, to end: Double, frequency: Double
  ) -> Double {
    let width = (end - start) / frequency, period = TrainedAngles.turn / frequency
    let turns = (Double(stage.length) / period).rounded(.up)
    guard turns <= 256 else { return width / period * Double(stage.window ?? stage.length) / 2 }
    // Bins of slow pairs are wide in tokens.
    let parts = turns <= 16 ? 8 : 1
    return (0..<Int(turns) * parts).reduce(0) { sum, place in
      let middle = start + (end - start) * (Double(place % parts) + 0.5) / Double(parts)
      let distance = (middle + Double(place / parts) * TrainedAngles.turn) / frequency
      return sum + width / Double(parts) * stage.share(seeing: distance)
    }
  }

  /// Shares of the keys that the newest query sees at the target, mean over pairs, at angles that training never and
  /// rarely showed.
  private static func seldomShares(
    _ plan: RotaryPlan, _ exposure: [[Double]], edges: [Double], _ length: Int
  ) -> (never: Double, rarely: Double) {
    let distances = plan.readsTrueDistances && plan.visibility == .causal ? nil : sampled(plan, length)
    guard distances?.isEmpty != true, !exposure.isEmpty else { return (.nan, .nan) }
    var never = 0.0, rarely = 0.0
    for (frequency, seen) in zip(plan.inverseFrequencies, exposure) {
      // A pair that saw the whole circle often has nothing rare.
      guard frequency > 0, seen.contains(where: { $0 < rare }) else { continue }
      let asked = asked(frequency, edges: edges, length: length, sampled: distances)
      for (share, value) in zip(asked, seen) {
        if value == 0 { never += share }
        if value < rare { rarely += share }
      }
    }
    let pairs = Double(max(1, plan.pairCount))
    return (never / pairs, rarely / pairs)
  }

  /// Share of the newest query's keys whose angle falls into each bin.
  private static func asked(_ frequency: Double, edges: [Double], length: Int, sampled: [Double]?) -> [Double] {
    guard let sampled else {
      // Distances up to `length`, spread evenly: whole turns, and what of each bin the last one reaches.
      let last = Double(length) * frequency
      let whole = (last / TrainedAngles.turn).rounded(.down), rest = last - whole * TrainedAngles.turn
      return zip(edges, edges.dropFirst()).map { ($1 - $0) * whole + max(0, min(rest, $1) - min(rest, $0)) }.map {
        $0 / last
      }
    }
    var shares = Array(repeating: 0.0, count: bins)
    for distance in sampled {
      let angle = (distance * frequency).truncatingRemainder(dividingBy: TrainedAngles.turn)
      let bin = edges.dropFirst().firstIndex { angle <= $0 } ?? bins
      shares[bin - 1] += 1 / Double(sampled.count)
    }
    return shares
  }

  /// Effective distances of keys spread evenly over those that the newest query sees.
  private static func sampled(_ plan: RotaryPlan, _ length: Int) -> [Double] {
    let query = length - 1
    guard query < plan.length else { return [] }
    return stride(from: 0, to: length, by: max(1, length / sampledDistances)).compactMap { distance in
      plan.visibility.allows(query: query, key: query - distance)
        ? plan.effectiveDistance(query: query, key: query - distance) : nil
    }
  }
}

extension SummaryKey {
  /// The grid: pairs, bins of a circle, radians where the second one begins.
  public static let pairs = Self("pairs"), bins = Self("bins"), smallestAngle = Self("smallest_angle")
  /// Stages of training; 1 where their weights are known; share of all bins that none showed.
  public static let stages = Self("stages"), knownWeights = Self("known_weights"),
    shareNeverSeen = Self("share_never_seen")
  /// Share of the keys of the newest query, mean over pairs, at angles that training never and rarely showed.
  public static let shareNeverShown = Self("share_never_shown"), shareRarelyShown = Self("share_rarely_shown")
}
