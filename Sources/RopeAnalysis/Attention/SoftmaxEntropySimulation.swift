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

  /// Rows of up to this many keys are cheap enough for `shortRowRepeats` times as many queries.
  static let shortRow = 16_384
  static let shortRowRepeats = 4
  /// Longer rows than this average over their own keys; a quarter of the queries tells them as well as it tells short ones.
  static let longRow = 32_768

  /// Mean entropies, nats, over `sampleCount` queries, `shortRowRepeats` times as many for short rows and a quarter of them,
  /// but no fewer than 16, for long ones.
  static func run(_ demands: Set<Demand>, sampleCount: Int, seed: UInt64) -> [Demand: SampleMean] {
    let byDeviation = Dictionary(grouping: demands, by: \.deviation)
      .map { (deviation: $0.key, keys: $0.value.map(\.keys).sorted()) }
      .sorted { $0.deviation < $1.deviation }
    var means: [Demand: SampleMean] = [:]
    var sampler = GaussianSampler(seed: seed)
    let most = max(1, sampleCount), fewest = min(most, max(16, most / 4))
    for query in 0..<most * shortRowRepeats {
      let limit = query < fewest ? Int.max : query < most ? longRow : shortRow
      guard let longest = demands.lazy.map(\.keys).filter({ $0 <= limit }).max() else { break }
      let noise = sampler.samples(longest)
      noise.withUnsafeBufferPointer { noise in
        for (deviation, counts) in byDeviation {
          var sums = SoftmaxSums()
          var done = 0
          for keys in counts where keys <= limit {
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
