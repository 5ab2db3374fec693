import RealModule
import RopeAnalysis
import RopeMath

/// Attention entropy of measured heads by its definition.
public enum SampledEntropy {
  /// Mean entropy over the heads by sampling every logit of the last query, many times, and its standard error.
  public static func mean(
    of moments: AttentionMoments, _ plan: RotaryPlan, length: Int, times: Int
  ) -> (mean: Double, error: Double) {
    var sampler = GaussianSampler(seed: 9), sum = 0.0, square = 0.0
    for head in moments.heads {
      let profile = (0..<length).map { distance -> Double in
        plan.inverseFrequencies.indices.reduce(0) {
          let angle = Double(distance) * plan.inverseFrequencies[$1]
          return $0 + head.cosine[$1] * .cos(angle) - head.sine[$1] * .sin(angle)
        } * plan.logitFactor
      }
      let spread = head.variance.reduce(0, +).squareRoot() * plan.logitFactor
      var entropies = SampleMean()
      for _ in 0..<times {
        let logits = zip(profile, sampler.samples(length)).map { $0 + spread * Double($1) }
        let top = logits.max() ?? 0, weights = logits.map { Double.exp($0 - top) }
        let total = weights.reduce(0, +)
        entropies.add(.log(total) - zip(weights, logits).reduce(0) { $0 + $1.0 * ($1.1 - top) } / total)
      }
      sum += entropies.mean
      square += entropies.standardError * entropies.standardError
    }
    let heads = Double(moments.heads.count)
    return (sum / heads, square.squareRoot() / heads)
  }
}
