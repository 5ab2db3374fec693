import RealModule
import RopeMath

/// Queries and keys with a mean in each rotated pair: `q = u + s·ξ`, `k = ±u + s·η` on the first feature of a pair and
/// pure noise on the second, with ξ, η standard normal and logits `⟨q, k⟩/√D`.
///
/// u and s follow from the ensemble: the means add `M` to the logit at distance 0, `M = m u²/√D`, and the logits
/// vary by
/// `σ² = 2 m u² s²/D + s⁴` in all.
struct PairMeans: Sendable {
  let headDimension: Double
  let pairs: Int
  /// u, the mean's size, and whether q and k have opposite ones (M < 0).
  let mean: Double
  let sign: Double
  /// s, the standard deviation of every feature.
  let spread: Double
  let meanLogit: Double

  init(_ ensemble: AttentionEnsemble, plan: RotaryPlan) {
    headDimension = Double(max(plan.geometry.scoreDimension, 2 * plan.pairCount))
    pairs = plan.pairCount
    meanLogit = ensemble.meanLogit
    sign = ensemble.meanLogit < 0 ? -1 : 1
    let squared = pairs > 0 ? abs(ensemble.meanLogit) * headDimension.squareRoot() / Double(pairs) : 0
    mean = squared.squareRoot()
    let half = Double(pairs) * squared / headDimension
    let variance = (half * half + ensemble.logitDeviation * ensemble.logitDeviation).squareRoot() - half
    spread = variance.squareRoot()
  }

  /// One sampled query: what its logits are made of before any temperature.
  struct Query: Sendable {
    /// Weights of cos and sin of the distance in the mean logit, over all rotated pairs.
    var weights: DistanceKernel.Weights
    /// Variance of the logits over keys from the rotated and from the other features.
    var rotatedVariance: Double
    var otherVariance: Double
  }

  /// - Parameter noise: one standard normal for each feature of the head.
  func query(noise: [Float]) -> Query {
    let scale = 1 / headDimension.squareRoot()
    var query = Query(weights: .init(cosine: [], sine: []), rotatedVariance: 0, otherVariance: 0)
    for i in 0..<pairs {
      let x = mean + spread * Double(noise[2 * i]), y = spread * Double(noise[2 * i + 1])
      query.weights.cosine.append(Float(scale * sign * mean * x))
      query.weights.sine.append(Float(-scale * sign * mean * y))
      query.rotatedVariance += x * x + y * y
    }
    for value in noise.dropFirst(2 * pairs) {
      query.otherVariance += spread * spread * Double(value) * Double(value)
    }
    query.rotatedVariance *= spread * spread / headDimension
    query.otherVariance *= spread * spread / headDimension
    return query
  }

  /// Mean over queries of the variance that the keys' noise gives the logits, with the rotated part multiplied by
  /// `factor`.
  func keyVariance(rotatedFactor factor: Double) -> Double {
    let m = Double(pairs), s = spread * spread
    return s * (factor * factor * m * (mean * mean + 2 * s) + (headDimension - 2 * m) * s) / headDimension
  }

  /// Variance that the queries' noise gives the mean logit at one distance, the same at every one.
  func queryVariance(rotatedFactor factor: Double) -> Double {
    factor * factor * mean * mean * spread * spread * Double(pairs) / headDimension
  }
}
