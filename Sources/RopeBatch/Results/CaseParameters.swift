/// What of the plan a case was computed with.
package struct CaseParameters: Sendable, Codable, Equatable {
  /// SPECs; nil for every method that is defined.
  package var methods: [String]?
  package var style: String
  package var seed: UInt64
}
