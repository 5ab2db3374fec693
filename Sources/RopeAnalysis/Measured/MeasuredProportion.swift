/// A share of successes with the interval that it allows for.
public struct MeasuredProportion: Sendable, Hashable {
  public let successes: Int
  public let trials: Int

  public init(successes: Int, trials: Int) {
    self.trials = max(0, trials)
    self.successes = min(max(0, successes), max(0, trials))
  }

  /// Not a number without a trial.
  public var share: Double { trials > 0 ? Double(successes) / Double(trials) : .nan }

  /// Wilson's interval (J. Am. Stat. Assoc. 22, 1927): the shares p with `|x/n − p| ≤ z √(p(1 − p)/n)`, 95 % at
  /// z = 1.96. 0 … 1 without a trial.
  public var interval: ClosedRange<Double> {
    guard trials > 0 else { return 0...1 }
    let z = StudentLaw.normalQuantile, n = Double(trials)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, min(share, centre - half))...min(1, max(share, centre + half))
  }

  /// Wilson's interval of a share of one half, whole or not: `½ ± z/(2√(n + z²))`. 0 … 1 without a trial.
  public static func intervalOfHalf(trials: Int) -> ClosedRange<Double> {
    guard trials > 0 else { return 0...1 }
    let z = StudentLaw.normalQuantile, half = z / (2 * (Double(trials) + z * z).squareRoot())
    return 0.5 - half...0.5 + half
  }

  /// Newcombe's interval of `self − other` for shares of different items, 95 % (Stat. Med. 17, 873, 1998, method 10):
  /// `Δ ∓ √((p₁ − l₁)² + (u₂ − p₂)²)` with Wilson's limits. Shares of the same items are compared by `PairedOutcomes`.
  public func difference(from other: MeasuredProportion) -> ClosedRange<Double> {
    guard trials > 0, other.trials > 0 else { return -1...1 }
    func joined(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    let difference = share - other.share
    let below = joined(share - interval.lowerBound, other.interval.upperBound - other.share)
    let above = joined(interval.upperBound - share, other.share - other.interval.lowerBound)
    return max(-1, difference - below)...min(1, difference + above)
  }
}
