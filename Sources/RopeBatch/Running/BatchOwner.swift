import Foundation

/// A process that computes cases: its machine and number.
public struct BatchOwner: Sendable, Hashable {
  public let host: String
  public let process: Int32

  public static var current: BatchOwner {
    BatchOwner(host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier)
  }

  public init(host: String, process: Int32) {
    self.host = host
    self.process = process
  }

  /// From `host:process`.
  init?(text: String) {
    guard let colon = text.lastIndex(of: ":"), let process = Int32(text[text.index(after: colon)...]) else { return nil }
    self.init(host: String(text[..<colon]), process: process)
  }

  var text: String { "\(host):\(process)" }

  /// False where the process is known to be gone; processes of other machines count as alive.
  var isAlive: Bool {
    guard host == BatchOwner.current.host else { return true }
    return kill(process, 0) == 0 || errno != ESRCH
  }
}
