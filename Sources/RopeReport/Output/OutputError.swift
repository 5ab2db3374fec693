/// Why nothing was written.
public struct OutputError: Error, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Whether the disk, or this user's share of it, has no room left.
  public var isDiskFull: Bool { reason.contains("no space left") || reason.contains("quota exceeded") }

  public var description: String { "cannot write: \(reason)" }
}
