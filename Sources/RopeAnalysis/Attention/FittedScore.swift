import RealModule

/// `a(Δ) = Re Σ_j h_j e^{jΔθ_j}` with complex h fitted to points by ridge regression: the minimum of
/// `Σ_k (a(x_k) − y_k)² + λ Σ_j |h_j|²`, λ = ridge · number of points, by Cholesky factorisation of the normal
/// equations.
struct FittedScore: Sendable {
  private let frequencies: [Double]
  /// Coefficients of the cosines, then of the sines.
  private let coefficients: [Double]

  init(frequencies: [Double], points: [(x: Double, y: Double)], ridge: Double) {
    self.frequencies = frequencies
    let features = points.map { point in
      let turned = VectorFunctions.turns(frequencies.map { point.x * $0 })
      return turned.cosines + turned.sines
    }
    let count = 2 * frequencies.count
    var matrix = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    var right = Array(repeating: 0.0, count: count)
    for (row, point) in zip(features, points) {
      for i in 0..<count {
        right[i] += row[i] * point.y
        for j in 0...i { matrix[i][j] += row[i] * row[j] }
      }
    }
    for i in 0..<count { matrix[i][i] += ridge * Double(points.count) }
    coefficients = Self.solve(matrix, right)
  }

  func value(at distance: Double) -> Double {
    var sum = 0.0
    let (cosines, sines) = VectorFunctions.turns(frequencies.map { distance * $0 })
    for i in frequencies.indices {
      sum += coefficients[i] * cosines[i] + coefficients[frequencies.count + i] * sines[i]
    }
    return sum
  }

  /// `max_j |h_j|`.
  var largestCoefficient: Double {
    frequencies.indices.map { i in
      let real = coefficients[i], imaginary = coefficients[frequencies.count + i]
      return (real * real + imaginary * imaginary).squareRoot()
    }.max() ?? 0
  }

  /// Solves a symmetric positive definite system given by its lower triangle; a pivot that rounding made not
  /// positive is raised to a tiny one.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    let n = right.count
    var lower = matrix
    var solution = right
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        lower[i][j] = i == j ? max(sum, 1e-12).squareRoot() : sum / lower[j][j]
      }
      for k in 0..<i { solution[i] -= lower[i][k] * solution[k] }
      solution[i] /= lower[i][i]
    }
    for i in (0..<n).reversed() {
      for k in (i + 1)..<max(n, i + 1) { solution[i] -= lower[k][i] * solution[k] }
      solution[i] /= lower[i][i]
    }
    return solution
  }
}
