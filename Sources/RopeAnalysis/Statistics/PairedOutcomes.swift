import RealModule

/// Two methods on the same items, each found or missed.
public struct PairedOutcomes: Sendable, Hashable {
  /// Items that both found, only the first, only the second, neither.
  public let both: Int
  public let onlyFirst: Int
  public let onlySecond: Int
  public let neither: Int

  public init(both: Int, onlyFirst: Int, onlySecond: Int, neither: Int) {
    self.both = max(0, both)
    self.onlyFirst = max(0, onlyFirst)
    self.onlySecond = max(0, onlySecond)
    self.neither = max(0, neither)
  }

  public init(_ pairs: some Sequence<(first: Bool, second: Bool)>) {
    var counts = [0, 0, 0, 0]
    for pair in pairs { counts[(pair.first ? 0 : 2) + (pair.second ? 0 : 1)] += 1 }
    self.init(both: counts[0], onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3])
  }

  public var items: Int { both + onlyFirst + onlySecond + neither }

  /// Share of the first less share of the second; not a number without an item.
  public var difference: Double { items > 0 ? Double(onlyFirst - onlySecond) / Double(items) : .nan }

  /// McNemar's exact test: P under a fair coin of the items that only one found falling this unevenly or more,
  /// two-sided, `min(1, 2·P(X ≤ min))`.
  public var exactTest: Double {
    let count = onlyFirst + onlySecond
    guard count > 0 else { return 1 }
    let tail = (0...min(onlyFirst, onlySecond)).reduce(0.0) { sum, k in
      sum
        + .exp(
          .logGamma(Double(count + 1)) - .logGamma(Double(k + 1)) - .logGamma(Double(count - k + 1)) - Double(count)
            * .log(2))
    }
    return min(1, 2 * tail)
  }

  /// Newcombe's hybrid score interval of a difference of paired shares, 95 % (Stat. Med. 17, 2635, 1998, method 10):
  /// Wilson's limits of both shares, joined with the continuity-corrected correlation of the pairs.
  public var interval: ClosedRange<Double> {
    guard items > 0 else { return -1...1 }
    let n = Double(items), (a, b, c, d) = (Double(both), Double(onlyFirst), Double(onlySecond), Double(neither))
    let first = MeasuredProportion(successes: both + onlyFirst, trials: items)
    let second = MeasuredProportion(successes: both + onlySecond, trials: items)
    let margins = (a + b) * (c + d) * (a + c) * (b + d), cross = a * d - b * c
    let corrected = cross > n / 2 ? cross - n / 2 : min(cross, 0)
    let correlation = margins > 0 ? corrected / margins.squareRoot() : 0
    let (lowFirst, highFirst) = (
      first.share - first.interval.lowerBound, first.interval.upperBound - first.share
    )
    let (lowSecond, highSecond) = (
      second.share - second.interval.lowerBound, second.interval.upperBound - second.share
    )
    func joined(_ x: Double, _ y: Double) -> Double {
      max(0, x * x - 2 * correlation * x * y + y * y).squareRoot()
    }
    return max(-1, difference - joined(lowFirst, highSecond))...min(1, difference + joined(highFirst, lowSecond))
  }
}
