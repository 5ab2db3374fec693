/// A row of the results database.
public struct StoredCase: Sendable, Equatable {
  public var id: String
  /// Place in the plan.
  public var position: Int
  public var model: String
  public var target: Int
  public var state: CaseState
  /// Of the model's files, the plan and the tool's version; nil before the case was computed.
  public var fingerprint: String?
  /// The program that computed it.
  public var version: String?
  public var parameters: CaseParameters?
  /// Hashes of the files that it was computed from, by path.
  public var inputs: [String: String]
  /// The record, relative to the database's folder: `cases/ID/run.json`.
  public var record: String?
  public var summary: CaseSummary?
  /// Nil where the plan asked for no check.
  public var findings: CaseFindings?
  /// Nil where the plan asked for none.
  public var evaluations: CaseEvaluations?
  /// Why it failed.
  public var error: String?
  public var seconds: Double?

  public init(
    id: String, position: Int, model: String, target: Int, state: CaseState, fingerprint: String? = nil,
    version: String? = nil, parameters: CaseParameters? = nil, inputs: [String: String] = [:], record: String? = nil,
    summary: CaseSummary? = nil, findings: CaseFindings? = nil, evaluations: CaseEvaluations? = nil,
    error: String? = nil,
    seconds: Double? = nil
  ) {
    self.id = id
    self.position = position
    self.model = model
    self.target = target
    self.state = state
    self.fingerprint = fingerprint
    self.version = version
    self.parameters = parameters
    self.inputs = inputs
    self.record = record
    self.summary = summary
    self.findings = findings
    self.evaluations = evaluations
    self.error = error
    self.seconds = seconds
  }
}
