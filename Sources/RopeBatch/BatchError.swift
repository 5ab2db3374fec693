import RopeFiles

/// Why a batch cannot be planned, run or read: one sentence, with the place in the plan where there is one.
package struct BatchError: Error, Sendable, Equatable, CustomStringConvertible {
  package var path: String
  package var message: String
  package var line: Int?
  package var column: Int?
  /// Where in the plan: `/models/2`.
  package var pointer: String?
  /// Whether nothing can be written because the disk, or this user's share of it, has no room left.
  package var isDiskFull = false

  package init(_ message: String, path: String, line: Int? = nil, column: Int? = nil, pointer: String? = nil) {
    self.message = message
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  package init(_ message: String, path: String, at place: PlanPlace?) {
    self.init(message, path: path, line: place?.line, column: place?.column, pointer: place?.pointer)
  }

  init(_ error: OutputError) {
    self.init(error.description, path: error.path)
    isDiskFull = error.isDiskFull
  }

  package var description: String { message }
}
