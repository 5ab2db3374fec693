import RealModule

/// What a measurement of a given size can see, told before it is made.
public struct StudyPower: Sendable, Hashable {
  /// Chance of an error over all comparisons.
  public let level: Double
  /// Comparisons that are made together.
  public let comparisons: Int
  /// Chance that a true difference is seen.
  public let power: Double

  public init(level: Double = 0.05, comparisons: Int = 1, power: Double = 0.8) {
    self.level = level
    self.comparisons = max(1, comparisons)
    self.power = power
  }

  /// Level of the strictest of the comparisons under Holm.
  private var strictest: Double { level / Double(comparisons) }

  /// Items that one method has to find and the other to miss, with none the other way, before McNemar's exact test
  /// tells them apart: the least d with `2·2^{−d}` at most the level.
  public var leastWins: Int { Int((1 - Double.log2(strictest)).rounded(.up)) }

  /// The difference of mean losses that is seen over so many documents whose own differences scatter by a standard
  /// deviation: `(t_{1−α/2} + t_power)·s/√K` with K − 1 degrees of freedom. Infinite for fewer than two documents.
  public func visibleDifference(documents: Int, scatter: Double) -> Double {
    guard documents > 1 else { return .infinity }
    let law = StudentLaw(degreesOfFreedom: documents - 1)
    return (law.quantile(1 - strictest / 2) + law.quantile(power)) * scatter / Double(documents).squareRoot()
  }

  /// The largest scatter under which that difference is seen; 0 for fewer than two documents.
  public func largestScatter(documents: Int, difference: Double) -> Double {
    let unit = visibleDifference(documents: documents, scatter: 1)
    return unit.isFinite ? difference / unit : 0
  }
}
