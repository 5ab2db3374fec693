import RealModule
import RopeMath

/// Mean attention score of a matching key against its distance, with RoFormer's bound and the first change of sign.
public enum ScoreByDistance: Analysis {
  public static let isLong = true
  public static let card = AnalysisCard(
    id: "score-by-distance", title: "Mean score of a matching key against distance",
    unit: "share of the score at distance 0",
    xLabel: "Distance (tokens)",
    formula: "B′(Δ) = (2 Σ_i e^(−Δr_i) cos(Δθ′_i) + D − d)/D; bound (1/m) Σ_k |Σ_{i<k} e^(jΔθ′_i)|",
    caveat:
      "The key equals the query and its features are independent with equal variance: mean behaviour under a model, not a fact about a network. The bound limits the score, it does not prove decay. The attention factor is left out. Re-mapped distances are those of the newest token; keys that it does not see are left out of the search. Methods that change logits with distance have no curve.",
    references: [
      .arXiv("2104.09864", "RoFormer", "§3.4.3"),
      .arXiv("2405.14591", "Men et al., Base of RoPE bounds context length", "§4"),
    ])

  /// Distances are searched for a change of sign up to this many tokens.
  public static let largestScannedDistance = 1 << 20

  /// Searches go over every whole distance; `largest_collision` is the largest score beyond the first change of sign.
  /// `closed_form` is B′ at single distances, `average` its mean over all whole distances of a quarter octave (read
  /// off at
  /// its middle), `bound` RoFormer's bound averaged over eight distances of a quarter octave.
  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let target = context.targetLength
    let distances = distanceGrid(to: target, perOctave: 12)
    let coarse = distanceGrid(to: target, perOctave: 4)
    let rows = [("baseline", context.baseline)] + context.subjects.map { ($0.label, $0.plan) }
    let samples = squaredNorms(context)
    // Methods with the same frequencies and true distances share one computation.
    var known: [[Double]: Scores] = [:]
    return rows.flatMap { label, plan -> [AnalysisSeries] in
      // What a method adds to logits is no share of the score.
      guard plan.logitByDistance == nil else { return [] }
      let key = plan.inverseFrequencies + [plan.rotatedShare] + (plan.decayRates ?? [])
      let scores = plan.readsTrueDistances ? known[key] : nil
      let found = scores ?? Scores(plan, context, distances: distances, coarse: coarse, samples: samples)
      if plan.readsTrueDistances { known[key] = found }
      func series(_ name: String, _ x: [Int], _ y: [Double], _ summary: [SummaryKey: Double] = [:]) -> AnalysisSeries {
        AnalysisSeries(
          name: card.id, series: name, title: card.title, unit: context.moments == nil ? card.unit : "nats",
          method: label, length: plan.length, x: x.map(Double.init), y: y, summary: summary)
      }
      let curves = [
        series("closed_form", distances, found.values, found.summary),
        series(
          "average", found.scan.means.centres, found.scan.means.means,
          context.moments == nil ? [:] : [.fromMoments: 1]),
        series("bound", coarse, found.bound),
      ]
      // Sampled norms belong to the ensemble of equal features.
      guard context.moments == nil else { return curves }
      return curves + [card.simulated(found.points, method: label, length: plan.length, context: context)]
    }
  }

  /// 1 … 16, then `perOctave` whole distances an octave, below `target`; at least 1.
  static func distanceGrid(to target: Int, perOctave: Int) -> [Int] {
    let last = max(1, target - 1)
    let octaves = Double.log(Double(last)) / .log(2)
    let spread = (0...Int(octaves * Double(perOctave))).map {
      Int(Double.exp(Double($0) / Double(perOctave) * .log(2)).rounded())
    }
    let first = perOctave > 4 ? Array(1...16) : []
    return Set(first + spread + [last]).filter { $0 <= last }.sorted()
  }
}

extension ScoreByDistance {
  /// What one list of frequencies and one map of distances give.
  private struct Scores {
    let values: [Double]
    let scan: MeanScore.Scan
    let bound: [Double]
    let points: [SimulatedPoint]
    let summary: [SummaryKey: Double]

    init(_ plan: RotaryPlan, _ context: AnalysisContext, distances: [Int], coarse: [Int], samples: [[Double]]) {
      let target = context.targetLength
      let score = context.moments.map { MeanScore($0, plan: plan) } ?? MeanScore(plan)
      func effective(_ distance: Int) -> Double {
        plan.readsTrueDistances
          ? Double(distance) : plan.effectiveDistance(query: target - 1, key: target - 1 - distance) ?? .nan
      }
      values = distances.map { score.value(at: effective($0)) }
      let limit = min(target, largestScannedDistance)
      scan =
        plan.readsTrueDistances
        ? score.scan(below: limit) : score.scan(plan, query: target - 1, below: limit)
      // A few distances of each quarter octave show the bound's course without its beats.
      bound = coarse.map { distance in
        let around = (0..<8).map { Int((Double(distance) * (1 + Double($0) / 45)).rounded()) }
        return around.reduce(0) { $0 + score.bound(at: effective(min($1, max(1, target - 1)))) } / 8
      }
      // Measured mean logits have no natural zero to change their sign at.
      let signs = context.moments == nil
      points = signs ? simulate(samples, score: score, distances: coarse, effective: effective) : []
      summary = [
        .firstSignChange: !signs ? .nan : scan.firstNegative.map(Double.init) ?? .nan,
        .largestCollision: !signs ? .nan : scan.largestBeyond?.score ?? .nan,
        .largestCollisionDistance: !signs ? .nan : scan.largestBeyond.map { Double($0.distance) } ?? .nan,
        .scoreAtTrained: score.value(at: effective(min(context.trainedLength, target) - 1)),
        .scoreAtTarget: score.value(at: effective(target - 1)),
      ]
    }
  }

  /// Squared norms of each rotated pair, and of the rest of the head, of sampled vectors; shared by all methods.
  private static func squaredNorms(_ context: AnalysisContext) -> [[Double]] {
    let head = context.geometry.scoreDimension
    var sampler = GaussianSampler(seed: context.seed &+ 0x5C0E)
    return (0..<max(1, context.ensemble.sampleCount)).map { _ in
      let features = sampler.samples(head + head % 2)
      return stride(from: 0, to: features.count, by: 2).map { i -> Double in
        let x = Double(features[i]), y = Double(features[i + 1])
        return x * x + y * y
      }
    }
  }

  private static func simulate(
    _ samples: [[Double]], score: MeanScore, distances: [Int], effective: (Int) -> Double
  ) -> [SimulatedPoint] {
    distances.enumerated().filter { $0.offset.isMultiple(of: 4) }.map { _, distance in
      let position = effective(distance)
      let cosines = score.turned(position).cosines
      var mean = SampleMean()
      for norms in samples {
        let rotated = zip(norms, cosines).reduce(0) { $0 + $1.0 * $1.1 }
        let total = rotated + norms.dropFirst(cosines.count).reduce(0, +)
        mean.add(total / Double(2 * norms.count))
      }
      return SimulatedPoint(x: Double(distance), mean: mean, closedForm: score.value(at: position))
    }
  }
}

extension SummaryKey {
  /// Tokens: the first distance with a negative score.
  public static let firstSignChange = Self("first_sign_change")
  /// The largest score beyond it, and its distance in tokens.
  public static let largestCollision = Self("largest_collision"),
    largestCollisionDistance = Self("largest_collision_distance")
  /// Share of the score at distance 0.
  public static let scoreAtTrained = Self("score_at_trained"), scoreAtTarget = Self("score_at_target")
}
