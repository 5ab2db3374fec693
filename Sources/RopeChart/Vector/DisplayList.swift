/// A laid-out page or chart: drawing operations in points, y downwards from the top left. Backends draw, they do not decide.
public struct DisplayList: Sendable, Hashable, Codable {
  public var width: Double
  public var height: Double
  public var operations: [DrawOperation]

  public init(width: Double, height: Double, operations: [DrawOperation] = []) {
    self.width = width
    self.height = height
    self.operations = operations
  }
}
