import Foundation
import RopeBatch
import RopeText

/// The live line of a batch on a terminal: how far, what runs, at which rate, how long still. Elsewhere a line a case
/// where more was asked for, and always for cases that fail.
final class BatchBar: Sendable {
  let monitor: BatchMonitor
  private let console: Console
  private let isLive: Bool
  private let painter: Painter

  /// The task that repaints.
  private actor Painter {
    var task: Task<Void, Never>?
    func set(_ task: Task<Void, Never>) { self.task = task }
    func stop() async {
      task?.cancel()
      await task?.value
    }
  }

  init(_ console: Console, _ output: OutputOptions) {
    self.console = console
    isLive = console.errorIsTerminal && !output.quiet
    painter = Painter()
    let (isLive, tellsAll, quiet) = (isLive, output.verbose, output.quiet)
    monitor = BatchMonitor { id, state, status in
      guard !quiet, tellsAll || state == .failed else { return }
      if isLive { console.write(.error, Array("\r\u{1B}[K".utf8)) }
      console.note("\(status.finished)/\(status.total) \(id): \(state == .failed ? "failed" : "done")")
    }
  }

  func start() async {
    guard isLive else { return }
    let task = Task { [monitor, console] in
      while !Task.isCancelled {
        console.write(.error, Array(("\r\u{1B}[K" + Self.line(monitor.status, width: Self.width)).utf8))
        try? await Task.sleep(for: .milliseconds(250))
      }
      console.write(.error, Array("\r\u{1B}[K".utf8))
    }
    await painter.set(task)
  }

  func stop() async { await painter.stop() }

  /// `[████────] 12/40, 1 failed · 95/min · 18 s left · qwen2.5-7b-32k 40 %, phi-2-8k`
  static func line(_ status: BatchMonitor.Status, width: Int) -> String {
    let cells = 16
    let share = status.total > 0 ? Double(status.finished) / Double(status.total) : 1
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
    return line.count < width ? line : String(line.prefix(max(0, width - 2))) + "…"
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

  private static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
