import RopeText

/// A row of the results database; as JSON what scripts are told of it.
package struct StoredCase: Sendable, Equatable, Encodable {
  package var id: String
  /// Place in the plan.
  package var position: Int
  package var model: String
  package var target: Int
  package var state: CaseState
  /// Of the model's files, the plan and the tool's version; nil before the case was computed.
  package var fingerprint: String?
  /// The program that computed it.
  @Nullable package var version: String?
  @Nullable package var parameters: CaseParameters?
  /// Hashes of the files that it was computed from, by path.
  package var inputs: [String: String]
  /// The record, relative to the database's folder: `cases/ID/run.json`.
  @Nullable package var record: String?
  @Nullable package var summary: CaseSummary?
  /// Nil where the plan asked for no check.
  @Nullable package var findings: CaseFindings?
  /// Nil where the plan asked for none.
  @Nullable package var evaluations: CaseEvaluations?
  /// Why it failed.
  @Nullable package var error: String?
  @Nullable package var seconds: Double?

  package enum CodingKeys: CodingKey {
    case id, model, target, state, version, parameters, inputs, record, summary, findings, evaluations, error, seconds
  }

  package init(
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
