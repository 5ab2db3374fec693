import Foundation
import RopeBatch
import RopeText

/// The live line of a batch on a terminal: how far, what runs, at which rate, how long still. Elsewhere a line a case
/// where more was asked for, and always for cases that fail.
struct BatchBar: Sendable {
  let monitor: BatchMonitor
  private let console: Console
  private let output: OutputOptions

  init(_ console: Console, _ output: OutputOptions) {
    self.console = console
    self.output = output
    let (isLive, tellsAll, quiet) = (LiveLine.isWanted(console, output), output.verbose, output.quiet)
    monitor = BatchMonitor { id, state, status in
      guard !quiet, tellsAll || state == .failed else { return }
      if isLive { console.write(.error, Array("\r\u{1B}[K".utf8)) }
      console.note("\(status.finished)/\(status.total) \(id): \(state == .failed ? "failed" : "done")")
    }
  }

  /// Does the work under the line.
  func during<Result>(_ work: () async throws -> Result) async rethrows -> Result {
    try await LiveLine.during({ [monitor] _, columns in Self.line(monitor.status, width: columns) }, console, output) {
      _ in
      try await work()
    }
  }

  /// `[████────] 12/40, 1 failed · 95/min · 18 s left · qwen2.5-7b-32k 40 %, phi-2-8k`
  static func line(_ status: BatchMonitor.Status, width: Int) -> String {
    guard status.total > 0 else { return "looking at the cases …" }
    let cells = 16
    let share = Double(status.finished) / Double(status.total)
    let full = Int((share * Double(cells)).rounded(.down))
    var parts = ["\(status.finished)/\(status.total)" + (status.failed > 0 ? ", \(status.failed) failed" : "")]
    if let rate = status.rate {
      parts.append(rate >= 1 ? "\(Int(rate.rounded()))/min" : "\(Int((rate * 60).rounded()))/h")
    }
    if let left = status.secondsLeft, status.finished < status.total { parts.append("\(time(left)) left") }
    if !status.running.isEmpty {
      parts.append(
        status.running.map { $0.id + ($0.share.map { " \(Int($0 * 100)) %" } ?? "") }.joined(separator: ", "))
    }
    let line =
      "[" + String(repeating: "█", count: full) + String(repeating: "─", count: cells - full) + "] "
      + Escaping.visible(parts.joined(separator: " · "))
    return LiveLine.cut(line, to: width)
  }

  /// `40 s`, `12 min`, `3 h 20 min`.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 1e9).rounded(.up))
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7200: return "\((whole + 30) / 60) min"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
