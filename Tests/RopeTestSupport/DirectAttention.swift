import RealModule
import RopeAnalysis
import RopeMath

/// Rotary attention of one query, written as its definition: every feature sampled, every key rotated, no shortcut.
public enum DirectAttention {
  /// Entropy, nats, of the last of `keys` positions under the plan's rotation and factors.
  public static func entropy(
    keys: Int, plan: RotaryPlan, ensemble: AttentionEnsemble, sampler: inout GaussianSampler
  ) -> Double {
    let head = plan.geometry.headDimension, pairs = plan.pairCount
    let meanSquared = ensemble.meanLogit * Double(head).squareRoot() / Double(pairs)
    let coefficient = 2 * Double(pairs) * meanSquared / Double(head)
    let sigma = ensemble.logitDeviation
    let variance = (-coefficient + (coefficient * coefficient + 4 * sigma * sigma).squareRoot()) / 2
    func vector() -> [Double] {
      sampler.samples(head).enumerated().map { feature, noise in
        let mean = feature < 2 * pairs && feature.isMultiple(of: 2) ? meanSquared.squareRoot() : 0
        return mean + variance.squareRoot() * Double(noise)
      }
    }
    return entropy(query: vector(), keys: (0..<keys).map { _ in vector() }, plan: plan)
  }

  /// The same with queries of length √d in their rotated and √(D−d) in their other features, and keys without a mean.
  public static func isotropicEntropy(
    keys: Int, plan: RotaryPlan, deviation: Double, sampler: inout GaussianSampler
  ) -> Double {
    let head = plan.geometry.headDimension, rotary = 2 * plan.pairCount
    func ofLength(_ features: Int) -> [Double] {
      let values = sampler.samples(features).map(Double.init)
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return values.map { $0 / norm * Double(features).squareRoot() }
    }
    let query = ofLength(rotary) + ofLength(head - rotary)
    return entropy(
      query: query, keys: (0..<keys).map { _ in sampler.samples(head).map { deviation * Double($0) } }, plan: plan)
  }

  private static func entropy(query: [Double], keys: [[Double]], plan: RotaryPlan) -> Double {
    let last = keys.count - 1
    let scale = plan.softmaxScaleFactor * plan.queryScale.value(at: last) / Double(query.count).squareRoot()
    let turned = rotate(query, at: last, plan: plan)
    let logits = keys.enumerated().map { position, key in
      scale * zip(turned, rotate(key, at: position, plan: plan)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let top = logits.max() ?? 0
    let weights = logits.map { Double.exp($0 - top) }
    let total = weights.reduce(0, +)
    return .log(total) - zip(weights, logits).reduce(0) { $0 + $1.0 * ($1.1 - top) } / total
  }

  private static func rotate(_ vector: [Double], at position: Int, plan: RotaryPlan) -> [Double] {
    var result = vector
    for (i, frequency) in plan.inverseFrequencies.enumerated() {
      let angle = Double(position) * frequency
      let cosine = plan.attentionFactor * Double.cos(angle), sine = plan.attentionFactor * Double.sin(angle)
      result[2 * i] = vector[2 * i] * cosine - vector[2 * i + 1] * sine
      result[2 * i + 1] = vector[2 * i] * sine + vector[2 * i + 1] * cosine
    }
    return result
  }
}
