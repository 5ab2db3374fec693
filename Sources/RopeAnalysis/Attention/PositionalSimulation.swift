import RopeMath

/// Entropies of sampled attention rows where queries and keys have a mean in each pair.
///
/// Queries are sampled feature by feature. Given a query, the keys' means give the logit at distance Δ the value
/// `Σ A_i cos(Δθ_i) + B_i sin(Δθ_i)` and the keys' noise adds independent Gaussians of a known variance, which are
/// drawn
/// as such. All methods and temperatures share queries and noise.
enum PositionalSimulation {
  private static let queriesAtOnce = 16

  /// Entropies, nats, of `ensemble.sampleCount` rows, the same queries in the same order for every demand.
  static func run(
    _ demands: Set<PositionalDemand>, ensemble: AttentionEnsemble, seed: UInt64
  ) -> [PositionalDemand: [Double]] {
    let longest = demands.map(\.keys).max() ?? 0
    let features = demands.map { max($0.plan.geometry.headDimension, 2 * $0.plan.pairCount) }.max() ?? 0
    let tables = Dictionary(grouping: demands, by: \.plan.inverseFrequencies).values.map(Table.init)
    var sampler = GaussianSampler(seed: seed)
    var entropies: [PositionalDemand: [Double]] = [:]
    for start in stride(from: 0, to: max(1, ensemble.sampleCount), by: queriesAtOnce) {
      let samples = (0..<min(queriesAtOnce, max(1, ensemble.sampleCount) - start)).map { _ in
        (query: sampler.samples(features), keys: sampler.samples(longest))
      }
      for table in tables {
        let pairMeans = PairMeans(ensemble, plan: table.plan)
        let queries = samples.map { pairMeans.query(noise: Array($0.query.prefix(Int(pairMeans.headDimension)))) }
        let (profiles, rowLength) = table.kernel.evaluate(queries.map(\.weights), count: table.longest)
        for (row, (query, sample)) in zip(queries, samples).enumerated() {
          let profile = profiles[row * rowLength..<row * rowLength + table.longest]
          for members in table.byTemperature {
            add(members, query: query, profile: profile, noise: sample.keys) { demand, entropy in
              entropies[demand, default: []].append(entropy)
            }
          }
        }
      }
    }
    return entropies
  }

  /// Demands on one list of frequencies.
  private struct Table {
    let plan: RotaryPlan
    let kernel: DistanceKernel
    let longest: Int
    let byTemperature: [[PositionalDemand]]

    init(_ demands: [PositionalDemand]) {
      plan = demands[0].plan
      kernel = DistanceKernel(frequencies: plan.inverseFrequencies)
      longest = demands.map(\.keys).max() ?? 0
      byTemperature = Dictionary(grouping: demands, by: \.temperature).values.map { $0.sorted { $0.keys < $1.keys } }
    }
  }

  /// One query's rows at one temperature, the longer ones continuing the shorter.
  private static func add(
    _ members: [PositionalDemand], query: PairMeans.Query, profile: ArraySlice<Float>, noise: [Float],
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
