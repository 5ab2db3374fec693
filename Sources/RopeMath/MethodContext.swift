/// What a method's default parameters are computed from.
public struct MethodContext: Sendable {
  public let geometry: RotaryGeometry
  /// The length, in tokens, that the context is to be extended to.
  public let targetLength: Int
  /// How a method reads the files that its parameters name.
  public let resources: MethodResources

  public init(geometry: RotaryGeometry, targetLength: Int, resources: MethodResources = .none) {
    self.geometry = geometry
    self.targetLength = targetLength
    self.resources = resources
  }

  /// Target over trained length, never below 1.
  public var lengthRatio: Double { max(1, Double(targetLength) / Double(geometry.trainedLength)) }
}
