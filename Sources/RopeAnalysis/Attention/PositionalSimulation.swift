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
    let features = demands.map { max($0.plan.geometry.scoreDimension, 2 * $0.plan.pairCount) }.max() ?? 0
    let numbered = demands.enumerated().map { Numbered(number: $0.offset, demand: $0.element) }
    let tables = Dictionary(grouping: numbered, by: \.demand.plan.inverseFrequencies).values.map(Table.init)
    var sampler = GaussianSampler(seed: seed)
    var entropies = Array(repeating: [Double](), count: numbered.count)
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
            add(members, query: query, profile: profile, noise: sample.keys) { entropies[$0].append($1) }
          }
        }
      }
    }
    return Dictionary(uniqueKeysWithValues: numbered.map { ($0.demand, entropies[$0.number]) })
  }

  /// A demand and its place in the list of results.
  private struct Numbered {
    let number: Int
    let demand: PositionalDemand
  }

  /// Demands on one list of frequencies.
  private struct Table {
    let plan: RotaryPlan
    let kernel: DistanceKernel
    let longest: Int
    let byTemperature: [[Numbered]]

    init(_ demands: [Numbered]) {
      plan = demands[0].demand.plan
      kernel = DistanceKernel(frequencies: plan.inverseFrequencies)
      longest = demands.map(\.demand.keys).max() ?? 0
      byTemperature = Dictionary(grouping: demands, by: \.demand.temperature).values
        .map { $0.sorted { $0.demand.keys < $1.demand.keys } }
    }
  }

  /// One query's rows at one temperature, the longer ones continuing the shorter.
  private static func add(
    _ members: [Numbered], query: PairMeans.Query, profile: ArraySlice<Float>, noise: [Float],
    found: (_ number: Int, _ entropy: Double) -> Void
  ) {
    guard let temperature = members.first?.demand.temperature else { return }
    let spread = (temperature.rotated * temperature.rotated * query.rotatedVariance + query.otherVariance).squareRoot()
    profile.withUnsafeBufferPointer { profile in
      noise.withUnsafeBufferPointer { noise in
        var sums = SoftmaxSums()
        var done = 0
        for member in members {
          let keys = member.demand.keys
          sums.add(
            profile: UnsafeBufferPointer(rebasing: profile[done..<keys]),
            scale: Float(temperature.all * temperature.rotated),
            noise: UnsafeBufferPointer(rebasing: noise[done..<keys]), spread: Float(temperature.all * spread))
          done = keys
          found(member.number, sums.entropy)
        }
      }
    }
  }
}
