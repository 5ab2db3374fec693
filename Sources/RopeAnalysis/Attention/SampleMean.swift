/// A running mean with its standard error (Welford's update).
public struct SampleMean: Sendable, Hashable {
  public private(set) var count = 0
  public private(set) var mean = 0.0
  private var squares = 0.0

  public init() {}

  public init(of values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  public mutating func add(_ value: Double) {
    count += 1
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// Standard error of the mean; not a number for fewer than two samples.
  public var standardError: Double {
    count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : .nan
  }
}
