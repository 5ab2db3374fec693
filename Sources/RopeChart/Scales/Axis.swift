/// An axis: label, scale, domain and the kind of numbers on it.
public struct Axis: Sendable, Hashable, Codable {
  public enum Scale: Sendable, Hashable, Codable {
    case linear
    case log10
    /// Lengths in tokens: ticks at powers of two, labelled 4k, 8k ….
    case log2
    /// Named rows or columns at 0, 1, 2 …, in this order: from the left along x, from the top along y.
    case categories([String])
  }

  public enum Format: String, Sendable, Codable {
    case number
    /// 4k, 128k, 1M where the value is a multiple of 1024, else in full.
    case tokens
    /// Whole numbers, multiples of 8 or 16.
    case pairIndex
    /// Multiples of π/2 written with π.
    case radians
    /// Shares of 1 as percentages.
    case percent
    case bytes
  }

  /// With its unit in parentheses.
  public var label: String
  public var scale: Scale
  public var format: Format
  /// Nil takes the data's range, widened to ticks.
  public var domain: ClosedRange<Double>?
  /// Values that get a tick whatever the thinning drops, such as the trained and the target length.
  public var requiredTicks: [Double]
  /// Whether the axis runs the other way round: larger values lower, as for ranks, or rows from the bottom.
  public var reversed: Bool

  public init(
    _ label: String, scale: Scale = .linear, format: Format = .number, domain: ClosedRange<Double>? = nil,
    requiredTicks: [Double] = [], reversed: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.format = format
    self.domain = domain
    self.requiredTicks = requiredTicks
    self.reversed = reversed
  }
}
