import Foundation
import RopeAnalysis
import RopeReport
import RopeText

/// A line on the terminal that tells what a command is busy with, from a tenth of a second on. It is wiped away at the
/// end; in pipes, in continuous integration and with `--quiet` there is none.
final class LiveLine: @unchecked Sendable {
  /// What the line says after so many seconds, in a terminal of so many columns.
  typealias Words = @Sendable (_ seconds: Int, _ columns: Int) -> String

  private let condition = NSCondition()
  private let console: Console
  private let start = ContinuousClock.now
  private var words: Words
  private var isOver = false
  private var isPainted = false

  private init(_ words: @escaping Words, _ console: Console) {
    self.words = words
    self.console = console
  }

  /// Whether a command may write such lines.
  static func isWanted(_ console: Console, _ output: OutputOptions) -> Bool {
    console.errorIsTerminal && !output.quiet && console.environment["CI"] == nil
  }

  /// Does the work under the line; the work may change what it says.
  static func during<Result>(
    _ words: @escaping Words, _ console: Console, _ output: OutputOptions, _ work: (LiveLine) async throws -> Result
  ) async rethrows -> Result {
    let line = LiveLine(words, console)
    guard isWanted(console, output) else { return try await work(line) }
    // A thread of its own: those of tasks may all be computing.
    Thread.detachNewThread { line.paint() }
    defer { line.end() }
    return try await work(line)
  }

  static func during<Result>(
    _ words: String, _ console: Console, _ output: OutputOptions, _ work: (LiveLine) async throws -> Result
  ) async rethrows -> Result {
    try await during(timed(words, console), console, output, work)
  }

  /// Another thing that the command is busy with.
  func tell(_ words: String) { condition.withLock { self.words = Self.timed(words, console) } }

  private static func timed(_ words: String, _ console: Console) -> Words {
    let told = console.language(foreign: words)
    return { seconds, _ in told + (seconds > 0 ? " · \(seconds) s" : " …") }
  }

  /// What fits into a line of the terminal.
  static func cut(_ line: String, to columns: Int) -> String {
    line.columns < columns ? line : String(line.prefix(max(0, columns - 2))) + "…"
  }

  private func paint() {
    condition.lock()
    defer { condition.unlock() }
    var pause = 0.1
    while !isOver {
      _ = condition.wait(until: Date(timeIntervalSinceNow: pause))
      guard !isOver else { return }
      let columns = console.columns
      let line = words(Int(start.duration(to: .now) / .seconds(1)), columns)
      console.write(.error, Array("\r\u{1B}[K\(Self.cut(line, to: columns))".utf8))
      isPainted = true
      pause = 0.25
    }
  }

  private func end() {
    condition.withLock {
      isOver = true
      condition.broadcast()
      if isPainted { console.write(.error, Array("\r\u{1B}[K".utf8)) }
    }
  }
}

extension Run {
  /// The record of a run under a line that counts its analyses.
  static func record(
    _ request: RunRequest, command: [String], _ console: Console, _ output: OutputOptions
  ) async throws -> RunRecord {
    try await LiveLine.during("computing", console, output) { line in
      try await record(request, version: RopeScope.version, command: command) { card, done, total in
        line.tell("computing, \(done) of \(total) analyses done, the last was \(card.id)")
      }
    }
  }
}
