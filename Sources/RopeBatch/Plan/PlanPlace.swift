/// Where in a plan's file something stands, for complaints that come after it was read.
package struct PlanPlace: Sendable, Equatable {
  package var line: Int?
  package var column: Int?
  /// `/models/2`.
  package var pointer: String?
}
