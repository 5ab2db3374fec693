import RealModule
import RopeMath

/// Attention of the newest query under a plan, head by head, as the measured moments give it.
struct MomentAttention: Sendable {
  private struct HeadLogits: Sendable {
    let means: UnequalEntropy.Means
    let deviation: Double
  }

  private let heads: [HeadLogits]
  /// Entropy of one sampled row of each head; empty where none was asked for.
  private(set) var sampledEntropies: [Double] = []

  /// - Parameters:
  ///   - plan: its frequencies, map, mask and temperatures; pairs beyond the measured ones are left out.
  ///   - length: tokens in context; the query is the last of them.
  init(_ moments: AttentionMoments, plan: RotaryPlan, length: Int) {
    heads = Self.logits(moments, plan: plan, length: length) { head, means -> HeadLogits in
      let deviation = Self.deviation(head, plan: plan, length: length)
      return HeadLogits(means: UnequalEntropy.Means(means, deviation: deviation), deviation: deviation)
    }
  }

  /// The same with one sampled row of each head.
  init(_ moments: AttentionMoments, plan: RotaryPlan, length: Int, sampler: inout GaussianSampler) {
    let found = Self.logits(moments, plan: plan, length: length) { head, means -> (HeadLogits, Double) in
      let deviation = Self.deviation(head, plan: plan, length: length)
      let noise = sampler.samples(means.count + means.count % 2)
      var sums = SoftmaxSums()
      means.withContiguousStorageIfAvailable { means in
        noise.withUnsafeBufferPointer { noise in
          sums.add(
            profile: means, scale: 1, noise: UnsafeBufferPointer(rebasing: noise[..<means.count]),
            spread: Float(deviation))
        }
      }
      return (HeadLogits(means: UnequalEntropy.Means(means, deviation: deviation), deviation: deviation), sums.entropy)
    }
    heads = found.map(\.0)
    sampledEntropies = found.map(\.1)
  }

  /// Mean over heads of the expected entropy, nats, with every logit multiplied by `multiplier`.
  func entropy(multiplier: Double = 1) -> Double {
    let entropies = headEntropies(multiplier: multiplier)
    return entropies.reduce(0, +) / Double(max(1, entropies.count))
  }

  func headEntropies(multiplier: Double = 1) -> [Double] {
    heads.map { UnequalEntropy.entropy($0.means, deviation: $0.deviation, multiplier: multiplier) }
  }

  /// The multiplier of all logits at which the mean entropy is `wanted`, between 1/8 and 8; not a number where none is.
  func multiplier(holding wanted: Double) -> Double {
    func excess(_ logarithm: Double) -> Double { entropy(multiplier: .exp(logarithm)) - wanted }
    let first = excess(0)
    guard abs(first) > 1e-7 else { return 1 }
    // More entropy than wanted asks for a larger multiplier.
    var low = 0.0, lowExcess = first, high = first > 0 ? 0.25 : -0.25
    var highExcess = excess(high)
    while highExcess * first > 0, abs(high) < 2 {
      (low, lowExcess) = (high, highExcess)
      high *= 2
      highExcess = excess(high)
    }
    guard highExcess * first <= 0 else { return .nan }
    return .exp(
      FalsePosition(low: low, lowValue: lowExcess, high: high, highValue: highExcess).root(
        width: 1e-6, size: 1e-6, of: excess))
  }

  /// σ of a head's logits about their mean.
  private static func deviation(_ head: AttentionMoments.Head, plan: RotaryPlan, length: Int) -> Double {
    let squared = plan.attentionFactor * plan.attentionFactor
    let rotated = head.variance.prefix(plan.pairCount).reduce(0, +) * squared * squared
    return abs(factor(plan, length)) * (rotated + head.unrotatedVariance).squareRoot()
  }

  private static func factor(_ plan: RotaryPlan, _ length: Int) -> Double {
    plan.softmaxScaleFactor * plan.queryScale.value(at: length - 1)
  }

  /// Hands over the mean logits of each head at the keys that the last query sees.
  private static func logits<Result>(
    _ moments: AttentionMoments, plan: RotaryPlan, length: Int,
    _ body: (AttentionMoments.Head, ArraySlice<Float>) -> Result
  ) -> [Result] {
    let query = max(0, length - 1), pairs = min(plan.pairCount, moments.pairCount)
    let scale = factor(plan, length) * plan.attentionFactor * plan.attentionFactor
    func weights(_ head: AttentionMoments.Head) -> DistanceKernel.Weights {
      DistanceKernel.Weights(
        cosine: head.cosine.prefix(pairs).map { Float(scale * $0) },
        sine: head.sine.prefix(pairs).map { Float(-scale * $0) })
    }
    if plan.readsTrueDistances, plan.visibility == .causal {
      let kernel = DistanceKernel(frequencies: Array(plan.inverseFrequencies.prefix(pairs)))
      return stride(from: 0, to: moments.heads.count, by: 16).flatMap { start -> [Result] in
        let group = moments.heads[start..<min(start + 16, moments.heads.count)]
        let (profiles, row) = kernel.evaluate(group.map(weights), count: length)
        return group.enumerated().map { body($1, profiles[$0 * row..<$0 * row + length]) }
      }
    }
    // Each visible key at the distance that the map gives it.
    // Of the blocks that landmarks may retrieve the newest stand for all.
    let retrieved = plan.retrieval.map { (oldest: query / $0.block - $0.count, block: $0.block) }
    func isRead(_ key: Int) -> Bool {
      guard let retrieved else { return plan.visibility.allows(query: query, key: key) }
      let block = key / retrieved.block
      return block == query / retrieved.block
        || block >= retrieved.oldest && key % retrieved.block < retrieved.block - 1
    }
    let distances = (0...query).filter(isRead)
      .compactMap { plan.effectiveDistance(query: query, key: $0) }
    let frequencies = Array(plan.inverseFrequencies.prefix(pairs))
    if let grid = DistanceGrid(distances) {
      let kernel = DistanceKernel(frequencies: frequencies.map { $0 / grid.parts })
      return stride(from: 0, to: moments.heads.count, by: 16).flatMap { start -> [Result] in
        let group = moments.heads[start..<min(start + 16, moments.heads.count)]
        let (profiles, row) = kernel.evaluate(group.map(weights), count: grid.count)
        return group.enumerated().map { number, head in body(head, grid.places.map { profiles[number * row + $0] }[...])
        }
      }
    }
    let tables = distances.map { distance in
      frequencies.map { (Float(Double.cos(distance * $0)), Float(Double.sin(distance * $0))) }
    }
    return moments.heads.map { head in
      let weights = weights(head)
      let means = tables.map { table in
        var sum: Float = 0
        for i in 0..<pairs { sum += weights.cosine[i] * table[i].0 + weights.sine[i] * table[i].1 }
        return sum
      }
      return body(head, means[...])
    }
  }

  /// Distances as whole numbers of a part of a token.
  private struct DistanceGrid {
    /// Parts of a token.
    let parts: Double
    let places: [Int]
    let count: Int

    private static let most = 16.0
    private static let largest = 1e7

    /// Nil where no such part is found.
    init?(_ distances: [Double]) {
      guard let low = distances.min(), let high = distances.max(), low >= 0, high < Self.largest else { return nil }
      let parts = stride(from: 1, through: Self.most, by: 1).first { parts in
        distances.allSatisfy { abs(($0 * parts).rounded() - $0 * parts) < 1e-9 * max(1, $0) }
      }
      guard let parts, high * parts <= 8 * Double(distances.count) + 4096 else { return nil }
      self.parts = parts
      places = distances.map { Int(($0 * parts).rounded()) }
      count = Int((high * parts).rounded()) + 1
    }
  }
}
