/// The scaling that a published file ships with.
public struct PublishedScaling: Sendable, Equatable {
  /// Its `rope_type`.
  public let type: String
  public let factor: Double
  /// Whether the ramp's ends are whole pairs, where the type has a ramp.
  public let truncates: Bool
  /// What raises the base in place of a factor; nil for types without.
  public let alpha: Double?

  public init(_ type: String, _ factor: Double, truncates: Bool = true, alpha: Double? = nil) {
    self.type = type
    self.factor = factor
    self.truncates = truncates
    self.alpha = alpha
  }
}
