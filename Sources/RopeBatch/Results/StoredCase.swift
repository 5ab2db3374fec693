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
  @Nullable package var version: String? = nil
  @Nullable package var parameters: CaseParameters? = nil
  /// Hashes of the files that it was computed from, by path.
  package var inputs: [String: String] = [:]
  /// The record, relative to the database's folder: `cases/ID/run.json`.
  @Nullable package var record: String? = nil
  @Nullable package var summary: CaseSummary? = nil
  /// Nil where the plan asked for no check.
  @Nullable package var findings: CaseFindings? = nil
  /// Nil where the plan asked for none.
  @Nullable package var evaluations: CaseEvaluations? = nil
  /// Why it failed.
  @Nullable package var error: String? = nil
  @Nullable package var seconds: Double? = nil

  package enum CodingKeys: CodingKey {
    case id, model, target, state, version, parameters, inputs, record, summary, findings, evaluations, error, seconds
  }

  package init(id: String, position: Int, model: String, target: Int, state: CaseState) {
    self.id = id
    self.position = position
    self.model = model
    self.target = target
    self.state = state
  }
}
