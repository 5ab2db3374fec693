/// A row of the results database.
public struct StoredCase: Sendable, Equatable {
  public var id: String
  /// Place in the plan.
  public var position: Int
  public var model: String
  public var target: Int
  public var state: CaseState
  /// Of the model's file, the methods, the seed and the tool's version; nil before the case was computed.
  public var fingerprint: String?
  public var summary: CaseSummary?
  /// Why it failed.
  public var error: String?
  public var seconds: Double?
}
