/// Where in a plan's file something stands, for complaints that come after it was read.
public struct PlanPlace: Sendable, Equatable {
  public var line: Int?
  public var column: Int?
  /// `/models/2`.
  public var pointer: String?
}
