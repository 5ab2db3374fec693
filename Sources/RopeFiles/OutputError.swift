import Foundation

/// Why nothing was written.
package struct OutputError: Error, Sendable, CustomStringConvertible {
  package let path: String
  package let reason: String
  /// The system's number of the reason; nil for a refusal of our own.
  package let code: Int32?

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
    code = nil
  }

  /// - Parameter code: what the system said, as `errno` has it.
  package init(path: String, code: Int32) {
    self.path = path
    self.reason = String(cString: strerror(code)).lowercased()
    self.code = code
  }

  /// Whether the disk, or this user's share of it, has no room left.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

  package var description: String { "cannot write: \(reason)" }
}
