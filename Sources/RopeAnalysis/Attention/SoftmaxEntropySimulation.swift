/// Entropies of sampled attention rows with isotropic queries and keys.
///
/// Queries of a fixed length in an isotropic direction and Gaussian keys have, given the query, independent Gaussian
/// logits whatever rotation each key undergoes; they are drawn as such. All deviations share the same samples, and the
/// rows of shorter contexts are the beginnings of longer ones.
enum SoftmaxEntropySimulation {
  struct Demand: Hashable {
    var deviation: Double
    var keys: Int
  }

  /// Mean entropies, nats, over `sampleCount` queries.
  static func run(_ demands: Set<Demand>, sampleCount: Int, seed: UInt64) -> [Demand: SampleMean] {
    let longest = demands.map(\.keys).max() ?? 0
    let byDeviation = Dictionary(grouping: demands, by: \.deviation)
      .map { (deviation: $0.key, keys: $0.value.map(\.keys).sorted()) }
      .sorted { $0.deviation < $1.deviation }
    var means: [Demand: SampleMean] = [:]
    var sampler = GaussianSampler(seed: seed)
    for _ in 0..<max(1, sampleCount) {
      let noise = sampler.samples(longest)
      noise.withUnsafeBufferPointer { noise in
        for (deviation, counts) in byDeviation {
          var sums = SoftmaxSums()
          var done = 0
          for keys in counts {
            sums.add(noise: UnsafeBufferPointer(rebasing: noise[done..<keys]), spread: Float(deviation))
            done = keys
            means[Demand(deviation: deviation, keys: keys), default: SampleMean()].add(sums.entropy)
          }
        }
      }
    }
    return means
  }
}
