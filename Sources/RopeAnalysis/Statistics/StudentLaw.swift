import RealModule

/// Student's t with ν degrees of freedom.
public struct StudentLaw: Sendable, Hashable {
  /// The 97.5 % quantile for infinitely many degrees of freedom, the normal law's.
  static let normalQuantile = 1.959963984540054

  /// ν, at least 1.
  public let degreesOfFreedom: Int

  public init(degreesOfFreedom: Int) { self.degreesOfFreedom = max(1, degreesOfFreedom) }

  /// P(T ≤ t): `1 − I_x(ν/2, ½)/2` with x = ν/(ν + t²) for t ≥ 0, by symmetry below; good to 1e-12.
  public func cumulative(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : t > 0 ? 1 : 0 }
    let n = Double(degreesOfFreedom)
    let tail = Self.incompleteBeta(n / 2, 0.5, n / (n + t * t)) / 2
    return t >= 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = p, 0 < p < 1, by bisection; infinite at the ends.
  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p <= 0 ? -.infinity : .infinity }
    guard p != 0.5 else { return 0 }
    var low = 0.0, high = 1.0
    let upper = max(p, 1 - p)
    while cumulative(high) < upper, high < 1e300 { high *= 2 }
    for _ in 0..<200 where high - low > 1e-13 * high {
      let middle = (low + high) / 2
      if cumulative(middle) < upper { low = middle } else { high = middle }
    }
    return p > 0.5 ? (low + high) / 2 : -(low + high) / 2
  }

  /// P(|T| ≥ |t|).
  public func twoSided(_ t: Double) -> Double { min(1, 2 * (1 - cumulative(abs(t)))) }

  /// `I_x(a, b)` by its continued fraction (Lentz's method), 0 … 1.
  static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below the mean of the law.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
    let front = Double.exp(
      .logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * .log(onePlus: -x))
    let least = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < least ? least : value }
    var c = 1.0, d = 1 / kept(1 - (a + b) * x / (a + 1)), fraction = d
    for step in 1...1000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / kept(1 + term * d)
        c = kept(1 + term / c)
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return front * fraction / a
  }
}
