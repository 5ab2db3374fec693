import RopeFiles

/// Why a batch cannot be planned, run or read: one sentence, with the place in the plan where there is one.
public struct BatchError: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var message: String
  public var line: Int?
  public var column: Int?
  /// Where in the plan: `/models/2`.
  public var pointer: String?
  /// Whether nothing can be written because the disk, or this user's share of it, has no room left.
  public var isDiskFull = false

  public init(_ message: String, path: String, line: Int? = nil, column: Int? = nil, pointer: String? = nil) {
    self.message = message
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  public init(_ message: String, path: String, at place: PlanPlace?) {
    self.init(message, path: path, line: place?.line, column: place?.column, pointer: place?.pointer)
  }

  init(_ error: OutputError) {
    self.init(error.description, path: error.path)
    isDiskFull = error.isDiskFull
  }

  public var description: String { message }
}
