import RealModule
import RopeMath

/// What scaling costs in the power to tell near tokens apart.
///
/// Series: `closed_form` and `simulated` (each method).
public enum LocalResolution: Analysis {
  public static let card = AnalysisCard(
    id: "local-resolution", title: "Distinguishability of near tokens", unit: "share of the trained one",
    xLabel: "distance (tokens)",
    formula: "(1 − B′(Δ))/(1 − B(Δ)), B(Δ) = (1/m) Σ cos(Δθ_i); to second order Σθ′²/Σθ² at Δ = 1",
    caveat:
      "Assumes that the key equals the query and that every pair carries the same energy; the simulation draws the energies.",
    references: [.arXiv("2306.15595", "Position Interpolation", "§2.2")])

  private static let distances = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let energies = pairEnergies(count: max(context.baseline.pairCount, context.geometry.headDimension / 2), context)
    return context.subjects.flatMap { subject -> [AnalysisSeries] in
      let trained = context.trainedPlan(for: subject.plan)
      let own = drops(subject.plan.inverseFrequencies), base = drops(trained.inverseFrequencies)
      let closed = zip(own, base).map { $0.reduce(0, +) / $1.reduce(0, +) }
      let points = distances.indices.map { index in
        SimulatedPoint(
          x: Double(distances[index]), mean: ratio(own[index], base[index], energies), closedForm: closed[index])
      }
      return [
        card.curve(
          "closed_form", x: distances.map(Double.init), closed, method: subject.label, length: context.targetLength,
          summary: [
            .resolutionKept: subject.plan.resolutionKept(trained),
            .neighbourDistinguishability: closed[0],
            .smallestStep: subject.plan.inverseFrequencies.first ?? .nan,
          ]),
        card.simulated(points, method: subject.label, length: context.targetLength, context: context),
      ]
    }
  }

  /// Energies q_i² of the pairs of Gaussian queries, one list a sample: two squared normals add to an exponential.
  private static func pairEnergies(count: Int, _ context: AnalysisContext) -> [[Double]] {
    var generator = SeededGenerator(seed: context.seed ^ 0x4C6F_6361_6C52_6573)
    return (0..<context.ensemble.sampleCount).map { _ in
      (0..<count).map { _ in -Double.log(1 - generator.nextUniform()) }
    }
  }

  /// `1 − cos Δθ_i` of each pair, for each distance. Pairs that a method does not have do not turn and lose nothing.
  private static func drops(_ frequencies: [Double]) -> [[Double]] {
    distances.map { distance in
      // 1 − cos x = 2 sin²(x/2) keeps its digits for slow pairs.
      frequencies.map { frequency -> Double in
        let half = Double.sin(Double(distance) * frequency / 2)
        return 2 * half * half
      }
    }
  }

  /// The ratio of the mean sampled losses, whose expectation is the closed form, with the standard error of a ratio of
  /// means (the residuals of each sample about it).
  private static func ratio(_ own: [Double], _ base: [Double], _ energies: [[Double]]) -> SampleMean {
    let losses = energies.map { energy in (own: dot(own, energy), base: dot(base, energy)) }
    let mean = losses.reduce(0) { $0 + $1.base } / Double(max(1, losses.count))
    let ratio = losses.reduce(0) { $0 + $1.own } / Double(max(1, losses.count)) / mean
    return SampleMean(of: losses.map { ratio + ($0.own - ratio * $0.base) / mean })
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension SummaryKey {
  /// Shares of the trained one: to second order and at distance 1; radians a token of the fastest pair.
  public static let resolutionKept = Self("resolution_kept"),
    neighbourDistinguishability = Self("neighbour_distinguishability"), smallestStep = Self("smallest_step")
}
