/// A map from a token's true position to the position that it is rotated at:
/// `min(ceiling, offset + slope · (p mod period))`, floored to a whole number before the offset where `floored` says so.
///
/// With one of these for queries and one for keys a band expresses every re-mapping of the field.
public struct PositionFunction: Sendable, Hashable, Codable {
  public var slope: Double
  public var offset: Double
  public var floored: Bool
  /// Positions are taken modulo this many tokens; nil for no wrapping.
  public var period: Int?
  public var ceiling: Double?

  public init(slope: Double = 1, offset: Double = 0, floored: Bool = false, period: Int? = nil, ceiling: Double? = nil) {
    self.slope = slope
    self.offset = offset
    self.floored = floored
    self.period = period
    self.ceiling = ceiling
  }

  public static let identity = PositionFunction()

  public static func constant(_ position: Double) -> PositionFunction {
    PositionFunction(slope: 0, offset: position)
  }

  public func callAsFunction(_ position: Int) -> Double {
    let wrapped = period.map { $0 > 0 ? position % $0 : position } ?? position
    let scaled = slope * Double(wrapped)
    let value = offset + (floored ? scaled.rounded(.down) : scaled)
    return ceiling.map { min($0, value) } ?? value
  }
}
