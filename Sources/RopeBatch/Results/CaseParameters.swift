/// What of the plan a case was computed with.
public struct CaseParameters: Sendable, Codable, Equatable {
  /// SPECs; nil for every method that is defined.
  public var methods: [String]?
  public var style: String
  public var seed: UInt64
}
