import Foundation

/// A process that computes cases: its machine, its number, and when it began, since numbers are used again.
package struct BatchOwner: Sendable, Hashable {
  package let host: String
  package let process: Int32
  /// In the system's own units; nil where the system does not tell.
  package let start: UInt64?

  /// After so many seconds without a sign of life a process of another machine counts as gone.
  package static let patience = 120.0
  /// Seconds between signs of life.
  package static let heartbeat = 15.0

  package static let current = BatchOwner(
    host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier,
    start: status(of: ProcessInfo.processInfo.processIdentifier)?.start)

  package init(host: String, process: Int32, start: UInt64? = nil) {
    self.host = host
    self.process = process
    self.start = start
  }

  /// From `host:process` or `host:process:start`.
  init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let process = Int32(parts[1]) else { return nil }
    self.init(host: String(parts[0]), process: process, start: parts.count > 2 ? UInt64(parts[2]) : nil)
  }

  var text: String { "\(host.replacing(":", with: "-")):\(process)" + (start.map { ":\($0)" } ?? "") }

  /// False where the process is known to be gone.
  func isAlive(lastSeen: Double?, now: Double) -> Bool {
    guard host == BatchOwner.current.host else { return now - (lastSeen ?? now) < Self.patience }
    guard kill(process, 0) == 0 || errno != ESRCH else { return false }
    guard let status = Self.status(of: process) else { return true }
    return !status.hasEnded && (start == nil || start == status.start)
  }

  /// From `/proc`, where there is one.
  private static func status(of process: Int32) -> (start: UInt64, hasEnded: Bool)? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
    // The second field is the program's name in parentheses, which may hold anything.
    let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 19, let start = UInt64(fields[19]) else { return nil }
    return (start, "ZX".contains(fields[0]))
  }
}
