import RealModule
import RopeMath

/// Where, in the plane of pairs and distances, a method stands at angles that training never showed.
///
/// Series: `unseen` (each method whose map is not empty and differs from those before it). The grid is flattened row by
/// row: for each pair from `first_pair` on, `columns` bins of distances that double every `columns_per_octave`; x is the
/// largest distance of the bin, y the share of its sampled distances whose angle is unseen. Pairs below `first_pair`
/// completed a turn in training and have no unseen angle.
public enum AngleMap: Analysis {
  public static let card = AnalysisCard(
    id: "angle-map", title: "Unseen angles by pair and distance", unit: "share of distances",
    xLabel: "distance (tokens)",
    formula: "share of distances Δ in a bin with φ(Δ)·θ′_i mod 2π > L0·θ_i, for pairs with λ_i > L0",
    caveat: "Distances from the newest query at the target; 16 evenly spaced distances a bin.",
    references: [.arXiv("2310.05209", "Liu et al.", "§3"), .arXiv("2502.20082", "LongRoPE2", "§3")])

  static let columnsPerOctave = 8
  static let samplesPerBin = 16

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let edges = binEdges(context)
    var known: [[Double]] = []
    return context.subjects.compactMap { subject in
      let trained = context.trainedAngles(for: subject.plan)
      guard let firstPair = trained.incompletePairs.first else { return nil }
      let distances = sampledDistances(subject.plan, edges)
      let y = (firstPair..<min(subject.plan.pairCount, trained.largest.count)).flatMap { pair in
        distances.map {
          unseenShare($0, frequency: subject.plan.inverseFrequencies[pair], limit: trained.largest[pair])
        }
      }
      guard y.contains(where: { $0 > 0 }), !known.contains(y) else { return nil }
      known.append(y)
      let columns = edges.count - 1
      return card.curve(
        "unseen", x: y.indices.map { Double(edges[$0 % columns + 1]) }, y, method: subject.label,
        length: context.targetLength,
        summary: [
          .firstPair: Double(firstPair), .columns: Double(columns),
          .columnsPerOctave: Double(columnsPerOctave), .smallestDistance: Double(edges[0]),
        ])
    }
  }

  /// Distances from a quarter of the trained length to the target, or the last four octaves before it.
  private static func binEdges(_ context: AnalysisContext) -> [Int] {
    let last = Double(max(2, context.targetLength))
    let first = max(1, min(Double(context.trainedLength) / 4, last / 16))
    let octaves = Double.log2(last / first)
    let columns = max(1, Int((octaves * Double(columnsPerOctave)).rounded(.up)))
    let edges = (0...columns).map { Int((first * Double.exp2(octaves * Double($0) / Double(columns))).rounded()) }
    return Set(edges).sorted()
  }

  /// Effective distances of each bin, seen from the newest query; none where the mask hides them.
  private static func sampledDistances(_ plan: RotaryPlan, _ edges: [Int]) -> [[Double]] {
    let query = plan.length - 1
    return zip(edges, edges.dropFirst()).map { from, to in
      (1...samplesPerBin).compactMap { sample in
        let distance = from + (to - from) * sample / samplesPerBin
        guard distance <= query else { return Double(distance) }
        guard plan.visibility.allows(query: query, key: query - distance) else { return nil }
        return plan.effectiveDistance(query: query, key: query - distance)
      }
    }
  }

  private static func unseenShare(_ distances: [Double], frequency: Double, limit: Double) -> Double {
    guard limit > 0, limit < TrainedAngles.turn, !distances.isEmpty else { return 0 }
    let unseen = distances.count {
      ($0 * frequency).truncatingRemainder(dividingBy: TrainedAngles.turn) > limit * (1 + 1e-12)
    }
    return Double(unseen) / Double(distances.count)
  }
}

extension SummaryKey {
  /// The grid: first pair, distances across, bins that double them, tokens where they begin.
  public static let firstPair = Self("first_pair"), columns = Self("columns"),
    columnsPerOctave = Self("columns_per_octave"), smallestDistance = Self("smallest_distance")
}
