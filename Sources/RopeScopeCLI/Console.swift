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
  public var write: @Sendable (Stream, [UInt8]) -> Void

  public init(
    environment: [String: String] = [:], outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    workingDirectory: String = FileManager.default.currentDirectoryPath,
    program: String? = nil,
    readInput: @escaping @Sendable () -> [UInt8] = { [] }, write: @escaping @Sendable (Stream, [UInt8]) -> Void
  ) {
    self.environment = environment
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.workingDirectory = workingDirectory
    self.program = program
    self.readInput = readInput
    self.write = write
  }

  /// The process's own streams.
  public static var system: Console {
    Console(
      environment: ProcessInfo.processInfo.environment, outputIsTerminal: isatty(1) == 1, errorIsTerminal: isatty(2) == 1,
      program: Bundle.main.executablePath,
      readInput: { [UInt8](FileHandle.standardInput.readDataToEndOfFile()) },
      write: { stream, bytes in
        let descriptor: Int32 = stream == .output ? 1 : 2
        var sent = 0
        while sent < bytes.count {
          let count = bytes[sent...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
          if count < 0, errno != EINTR { return }
          sent += max(0, count)
        }
      })
  }

  /// Lines of an answer; what a terminal would obey is spelt.
  public func print(_ text: String) { write(.output, Array((Escaping.lines(text) + "\n").utf8)) }

  /// One line on standard error.
  public func note(_ text: String) { write(.error, Array((Escaping.visible(text) + "\n").utf8)) }
}
