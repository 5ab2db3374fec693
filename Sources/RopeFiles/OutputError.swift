import Foundation

/// Why nothing was written.
public struct OutputError: Error, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String
  /// The system's number of the reason; nil for a refusal of our own.
  public let code: Int32?

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
    code = nil
  }

  /// - Parameter code: what the system said, as `errno` has it.
  public init(path: String, code: Int32) {
    self.path = path
    self.reason = String(cString: strerror(code)).lowercased()
    self.code = code
  }

  /// Whether the disk, or this user's share of it, has no room left.
  public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

  public var description: String { "cannot write: \(reason)" }
}
