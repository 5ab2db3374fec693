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
    caveat: "Assumes that the key equals the query and that every pair carries the same energy; the simulation draws the energies.",
    references: [.arXiv("2306.15595", "Position Interpolation", "§2.2")])

  private static let distances = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.baseline.inverseFrequencies
    let energies = pairEnergies(count: trained.count, context)
    let equal = [Array(repeating: 1.0, count: trained.count)]
    let below = losses(trained, equal), sampledBelow = losses(trained, energies)
    return context.subjects.flatMap { subject -> [AnalysisSeries] in
      let own = subject.plan.inverseFrequencies
      let closed = zip(losses(own, equal)[0], below[0]).map { $0 / $1 }
      let sampled = losses(own, energies)
      let means = distances.indices.map { index in
        ratio(sampled.map { $0[index] }, sampledBelow.map { $0[index] })
      }
      let points = zip(distances, zip(means, closed)).map {
        SimulatedPoint(x: Double($0), mean: $1.0, closedForm: $1.1)
      }
      return [
        card.curve(
          "closed_form", x: distances.map(Double.init), closed, method: subject.label, length: context.targetLength,
          summary: [
            "resolution_kept": subject.plan.resolutionKept(context.baseline),
            "neighbour_distinguishability": closed[0], "smallest_step": own.first ?? .nan,
          ]),
        card.simulated(points, method: subject.label, length: context.targetLength, context: context),
      ]
    }
  }

  /// Ratio of two means over the same samples, its spread that of the residuals (the ratio estimator of sampling theory).
  private static func ratio(_ above: [Double], _ below: [Double]) -> SampleMean {
    let mean = below.reduce(0, +) / Double(max(1, below.count))
    let ratio = above.reduce(0, +) / Double(max(1, above.count)) / mean
    return zip(above, below).reduce(into: SampleMean()) { $0.add(ratio + ($1.0 - ratio * $1.1) / mean) }
  }

  /// Energies q_i² of the pairs of Gaussian queries, one list a sample: two squared normals add to an exponential.
  private static func pairEnergies(count: Int, _ context: AnalysisContext) -> [[Double]] {
    var generator = SeededGenerator(seed: context.seed ^ 0x4C6F_6361_6C52_6573)
    return (0..<context.ensemble.sampleCount).map { _ in
      (0..<count).map { _ in -Double.log(1 - generator.nextUniform()) }
    }
  }

  /// `Σ w_i (1 − cos Δθ_i)/Σ w_i` for each list of weights, at each distance. Pairs that a method does not have do not
  /// turn and lose nothing.
  private static func losses(_ frequencies: [Double], _ weights: [[Double]]) -> [[Double]] {
    let drops = distances.map { distance in
      // 1 − cos x = 2 sin²(x/2) keeps its digits for slow pairs.
      frequencies.map { frequency -> Double in
        let half = Double.sin(Double(distance) * frequency / 2)
        return 2 * half * half
      }
    }
    return weights.map { weights in
      let total = weights.reduce(0, +)
      return drops.map { drop in zip(drop, weights).reduce(0) { $0 + $1.0 * $1.1 } / total }
    }
  }
}
