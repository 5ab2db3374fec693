import RopeMath

/// First and second moments of the features of one head, gathered token by token.
///
/// All second moments are kept, so that the spread of logits follows without a second pass.
struct FeatureMoments {
  private let geometry: RotaryGeometry
  private var count = 0
  private var sums: [Double]
  /// `[feature][feature]`, the lower triangle.
  private var products: [Double]

  init(_ geometry: RotaryGeometry) {
    self.geometry = geometry
    sums = Array(repeating: 0, count: geometry.headDimension)
    products = Array(repeating: 0, count: geometry.headDimension * geometry.headDimension)
  }

  mutating func add(_ feature: (Int) -> Double) {
    let size = geometry.headDimension
    let x = (0..<size).map(feature)
    count += 1
    for i in 0..<size {
      sums[i] += x[i]
      for j in 0...i { products[i * size + j] += x[i] * x[j] }
    }
  }

  var isFinite: Bool { sums.allSatisfy(\.isFinite) && products.allSatisfy(\.isFinite) }

  private func mean(_ i: Int) -> Double { sums[i] / Double(count) }

  private func square(_ i: Int, _ j: Int) -> Double {
    products[max(i, j) * geometry.headDimension + min(i, j)] / Double(count)
  }

  private func covariance(_ i: Int, _ j: Int) -> Double { square(i, j) - mean(i) * mean(j) }

  func record(layer: Int, head: Int) -> StatisticsRecord.Head {
    let pairs = (0..<geometry.pairCount).map { i in
      let (a, b) = features(ofPair: i)
      return StatisticsRecord.Pair(
        mean: [mean(a), mean(b)], variance: [covariance(a, a), covariance(b, b)], covariance: covariance(a, b))
    }
    let rest = geometry.rotaryDimension..<geometry.headDimension
    return StatisticsRecord.Head(
      layer: layer, head: head, pairs: pairs,
      unrotatedSquare: rest.isEmpty ? nil : rest.reduce(0) { $0 + square($1, $1) })
  }

  /// Mean and summed variance of the two features of a rotated pair.
  func pair(_ i: Int) -> (mean: (x: Double, y: Double), variance: Double) {
    let (a, b) = features(ofPair: i)
    return ((mean(a), mean(b)), max(0, covariance(a, a)) + max(0, covariance(b, b)))
  }

  /// Mean square and summed variance of the features that are not rotated.
  var unrotated: (square: Double, variance: Double) {
    (geometry.rotaryDimension..<geometry.headDimension).reduce((0, 0)) {
      ($0.0 + square($1, $1), $0.1 + max(0, covariance($1, $1)))
    }
  }

  private func features(ofPair i: Int) -> (Int, Int) {
    geometry.pairing == .half ? (i, i + geometry.pairCount) : (2 * i, 2 * i + 1)
  }

  /// Root of the mean over queries of the variance over keys of `Σ w q k`: `√(Σ_ij w_i w_j E[q_i q_j] Cov(k_i, k_j))`.
  ///
  /// - Parameter weights: of features; nil for 1.
  func meanDeviation(against keys: FeatureMoments, weights: [Double]? = nil) -> Double {
    var sum = 0.0
    for i in 0..<geometry.headDimension {
      for j in 0..<geometry.headDimension {
        sum += (weights.map { $0[i] * $0[j] } ?? 1) * square(i, j) * keys.covariance(i, j)
      }
    }
    return max(0, sum).squareRoot()
  }
}
