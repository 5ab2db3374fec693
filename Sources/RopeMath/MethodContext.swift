/// What a method's default parameters are computed from.
public struct MethodContext: Sendable, Hashable {
  public let geometry: RotaryGeometry
  /// The length, in tokens, that the context is to be extended to.
  public let targetLength: Int

  public init(geometry: RotaryGeometry, targetLength: Int) {
    self.geometry = geometry
    self.targetLength = targetLength
  }

  /// Target over trained length, never below 1.
  public var lengthRatio: Double { max(1, Double(targetLength) / Double(geometry.trainedLength)) }
}
