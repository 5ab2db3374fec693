import Foundation
import RopeText

/// What a command may know of the world around it: streams, environment, terminal. Tests give their own.
public struct Console: Sendable {
  public enum Stream: Sendable {
    case output
    case error
  }

  public var environment: [String: String]
  public var outputIsTerminal: Bool
  public var errorIsTerminal: Bool
  public var workingDirectory: String
  /// The program's own file, where it may start itself; nil in tests.
  public var program: String?
  /// The whole of standard input.
  public var readInput: @Sendable () -> [UInt8]
  /// The next line of standard input without its end; nil at the end of all.
  public var readLine: @Sendable () -> [UInt8]? = { nil }
  public var write: @Sendable (Stream, [UInt8]) -> Void
  /// Why some of what was written to the output is missing there; nil where nothing is.
  public var outputFailure: @Sendable () -> String?

  public init(
    environment: [String: String] = [:], outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    workingDirectory: String = FileManager.default.currentDirectoryPath,
    program: String? = nil,
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
  public static var system: Console {
    let loss = Loss()
    let lines = StandardLines()
    var console = Console(
      environment: ProcessInfo.processInfo.environment, outputIsTerminal: isatty(1) == 1, errorIsTerminal: isatty(2) == 1,
      program: Bundle.main.executablePath,
      readInput: { StandardStream.readInput() },
      write: { stream, bytes in
        if stream == .output, loss.reason != nil { return }
        let code = StandardStream.write(bytes, to: stream == .output ? 1 : 2)
        if code != 0, stream == .output { loss.set(code) }
      },
      outputFailure: { loss.reason })
    console.readLine = { lines.next() }
    return console
  }

  /// Lines of an answer; what a terminal would obey is spelt.
  public func print(_ text: String) { write(.output, Array((Escaping.lines(text) + "\n").utf8)) }

  /// One line on standard error.
  public func note(_ text: String) { write(.error, Array((Escaping.visible(text) + "\n").utf8)) }
}
