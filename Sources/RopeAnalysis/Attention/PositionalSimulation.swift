import RopeMath

/// Entropies of sampled attention rows where queries and keys have a mean in each pair.
///
/// Queries are sampled feature by feature. Given a query, the keys' means give the logit at distance Δ the value
/// `Σ A_i cos(Δθ_i) + B_i sin(Δθ_i)` and the keys' noise adds independent Gaussians of a known variance, which are drawn
/// as such. All methods and temperatures share queries and noise.
enum PositionalSimulation {
  private static let queriesAtOnce = 16

  /// Mean entropies, nats, over `ensemble.sampleCount` queries.
  static func run(
    _ demands: Set<PositionalDemand>, ensemble: AttentionEnsemble, seed: UInt64
  ) -> [PositionalDemand: SampleMean] {
    let longest = demands.map(\.keys).max() ?? 0
    let features = demands.map { max($0.plan.geometry.headDimension, 2 * $0.plan.pairCount) }.max() ?? 0
    var sampler = GaussianSampler(seed: seed)
    let samples = (0..<max(1, ensemble.sampleCount)).map { _ in
      (query: sampler.samples(features), keys: sampler.samples(longest))
    }
    var means: [PositionalDemand: SampleMean] = [:]
    for (frequencies, group) in Dictionary(grouping: demands, by: \.plan.inverseFrequencies) {
      let kernel = DistanceKernel(frequencies: frequencies)
      let byTemperature = Dictionary(grouping: group, by: \.temperature).values
        .map { $0.sorted { $0.keys < $1.keys } }
      let count = group.map(\.keys).max() ?? 0
      for start in stride(from: 0, to: samples.count, by: queriesAtOnce) {
        let chunk = samples[start..<min(start + queriesAtOnce, samples.count)]
        let ensembles = PairMeans(ensemble, plan: group[0].plan)
        let queries = chunk.map { ensembles.query(noise: Array($0.query.prefix(Int(ensembles.headDimension)))) }
        let (profiles, rowLength) = kernel.evaluate(queries.map(\.weights), count: count)
        for (row, (query, sample)) in zip(queries, chunk).enumerated() {
          let profile = Array(profiles[row * rowLength..<row * rowLength + count])
          for members in byTemperature {
            entropies(members, query: query, profile: profile, noise: sample.keys) { demand, entropy in
              means[demand, default: SampleMean()].add(entropy)
            }
          }
        }
      }
    }
    return means
  }

  /// One query's rows at one temperature, the longer ones continuing the shorter.
  private static func entropies(
    _ members: [PositionalDemand], query: PairMeans.Query, profile: [Float], noise: [Float],
    found: (PositionalDemand, Double) -> Void
  ) {
    guard let temperature = members.first?.temperature else { return }
    let spread = (temperature.rotated * temperature.rotated * query.rotatedVariance + query.otherVariance).squareRoot()
    profile.withUnsafeBufferPointer { profile in
      noise.withUnsafeBufferPointer { noise in
        var sums = SoftmaxSums()
        var done = 0
        for demand in members {
          sums.add(
            profile: UnsafeBufferPointer(rebasing: profile[done..<demand.keys]),
            scale: Float(temperature.all * temperature.rotated),
            noise: UnsafeBufferPointer(rebasing: noise[done..<demand.keys]), spread: Float(temperature.all * spread))
          done = demand.keys
          found(demand, sums.entropy)
        }
      }
    }
  }
}
