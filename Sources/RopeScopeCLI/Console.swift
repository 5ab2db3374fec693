import Foundation
import RopeText

/// What a command may know of the world around it: streams, environment, terminal. Tests give their own.
package struct Console: Sendable {
  package enum Stream: Sendable {
    case output
    case error
  }

  package var environment: [String: String]
  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool
  package var workingDirectory: String
  /// Columns of the terminal at the moment; nil where none is known.
  package var terminalColumns: @Sendable () -> Int? = { nil }
  /// The program's own file, where it may start itself; nil in tests.
  package var program: String?
  /// What notes and failures are told in.
  package var language = Language.english
  /// The whole of standard input.
  package var readInput: @Sendable () -> [UInt8]
  /// The next line of standard input without its end; nil at the end of all.
  package var readLine: @Sendable () -> [UInt8]? = { nil }
  package var write: @Sendable (Stream, [UInt8]) -> Void
  /// Why some of what was written to the output is missing there; nil where nothing is.
  package var outputFailure: @Sendable () -> String?

  package init(
    environment: [String: String] = [:], outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    workingDirectory: String = FileManager.default.currentDirectoryPath, program: String? = nil,
    readInput: @escaping @Sendable () -> [UInt8] = { [] }, write: @escaping @Sendable (Stream, [UInt8]) -> Void,
    outputFailure: @escaping @Sendable () -> String? = { nil }
  ) {
    self.environment = environment
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.workingDirectory = workingDirectory
    self.program = program
    self.readInput = readInput
    self.write = write
    self.outputFailure = outputFailure
  }

  /// The first reason for which output was lost. What comes after it is not written: it would stand behind a gap.
  private final class Loss: @unchecked Sendable {
    private let lock = NSLock()
    private var code: Int32?
    func set(_ code: Int32) { lock.withLock { self.code = self.code ?? code } }
    var reason: String? {
      lock.withLock { code.map { $0 == EBADF ? "it is closed" : String(cString: strerror($0)).lowercased() } }
    }
  }

  /// The process's own streams.
  package static var system: Console {
    let loss = Loss()
    let lines = StandardLines()
    var console = Console(
      environment: ProcessInfo.processInfo.environment, outputIsTerminal: isatty(1) == 1,
      errorIsTerminal: isatty(2) == 1,
      program: Bundle.main.executablePath,
      readInput: { StandardStream.readInput() },
      write: { stream, bytes in
        if stream == .output, loss.reason != nil { return }
        let code = StandardStream.write(bytes, to: stream == .output ? 1 : 2)
        if code != 0, stream == .output { loss.set(code) }
      },
      outputFailure: { loss.reason })
    console.readLine = { lines.next() }
    console.terminalColumns = { TerminalSize.columns }
    return console
  }

  /// How an answer is set: in the columns of the terminal, or as pipes get it.
  package var layout: TextLayout { outputIsTerminal ? TextLayout(columns: columns) : .plain }

  /// `COLUMNS` where it is set, else what the terminal says, else 80.
  package var columns: Int { environment["COLUMNS"].flatMap { Int($0) } ?? terminalColumns() ?? 80 }

  /// Columns of help.
  package var helpColumns: Int { min(layout.columns ?? TextLayout.measure, TextLayout.measure) }

  /// Lines of an answer; what a terminal would obey is spelt.
  package func print(_ text: String) { write(.output, Array((Escaping.lines(text) + "\n").utf8)) }

  /// A line on standard error, told in the language, which a terminal gets broken between words.
  package func note(_ text: String) {
    let layout = errorIsTerminal ? TextLayout(columns: columns) : .plain
    let mark = "note: "
    let told =
      text.hasPrefix(mark)
      ? language("note: \(language(foreign: String(text.dropFirst(mark.count))))") : language(foreign: text)
    write(.error, Array((layout.line(told).joined(separator: "\n") + "\n").utf8))
  }
}
