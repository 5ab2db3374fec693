/// A map from a token's true position to the position that it is rotated at:
/// `min(ceiling, offset + slope · ⌊(p mod period)/group⌋)`, with the modulus and the grouping where they are set.
///
/// With one of these for queries and one for keys a band expresses every re-mapping of the field.
public struct PositionFunction: Sendable, Hashable, Codable {
  public var slope: Double
  public var offset: Double
  /// Tokens that share one position, `G`; nil for none. Counted in whole numbers, so that no rounding moves a group.
  public var group: Int?
  /// Positions are taken modulo this many tokens; nil for no wrapping.
  public var period: Int?
  public var ceiling: Double?

  public init(
    slope: Double = 1, offset: Double = 0, group: Int? = nil, period: Int? = nil, ceiling: Double? = nil
  ) {
    self.slope = slope
    self.offset = offset
    self.group = group
    self.period = period
    self.ceiling = ceiling
  }

  public static let identity = PositionFunction()

  public static func constant(_ position: Double) -> PositionFunction {
    PositionFunction(slope: 0, offset: position)
  }

  /// The whole number of steps that the map counts at a position, `⌊(p mod period)/group⌋`.
  public func step(of position: Int) -> Int {
    var whole = position
    if let period, period > 0 { whole %= period }
    if let group, group > 0 { whole /= group }
    return whole
  }

  public func callAsFunction(_ position: Int) -> Double {
    let value = offset + slope * Double(step(of: position))
    return ceiling.map { min($0, value) } ?? value
  }
}
