/// The scaling that a published file ships with.
public struct PublishedScaling: Sendable, Equatable {
  /// Its `rope_type`.
  public let type: String
  public let factor: Double

  public init(_ type: String, _ factor: Double) {
    self.type = type
    self.factor = factor
  }
}
