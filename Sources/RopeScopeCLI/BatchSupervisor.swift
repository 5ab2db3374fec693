import CRopeSystem
import Foundation
import RopeBatch

/// Runs a batch in a process of its own, so that a case that crashes takes no other with it: it is recorded as failed,
/// and the batch goes on.
///
/// Where several cases were under way, the batch goes on one at a time, so that the next crash names its case.
final class BatchSupervisor: Sendable {
  private let program: String
  private let arguments: [String]
  private let folder: String

  init(program: String, arguments: [String], folder: String) {
    self.program = program
    self.arguments = arguments
    self.folder = folder
  }

  /// Signals are passed on, once: the process finishes what is under way. A second one ends both.
  ///
  /// - Throws: `Failure` where the program cannot be started, or crashes outside any case.
  func run(_ interruption: Interruption) throws -> ExitStatus {
    var extra: [String] = []
    var strays = 0
    while true {
      let (process, status) = try start(extra)
      guard status & 0x7F != 0 else { return ExitStatus(rawValue: status >> 8 & 0xFF) ?? .notDone }
      if interruption.isAsked { return .interrupted }
      let reason = Self.reason(signal: status & 0x7F)
      let cases = try underWay(process)
      guard let first = cases.first else {
        // Between two cases, or while the index is written: worth another try, but not for ever.
        strays += 1
        if strays < 3 { continue }
        throw Failure(kind: "crash", "\(reason) outside any case; the same command with --resume goes on", path: folder)
      }
      if cases.count == 1 {
        let database = try ResultsDatabase(path: folder + "/results.db")
        try database.fail(first, "\(reason) while it computed this case")
        database.close()
        extra += ["--crashed", first]
      } else if !extra.contains("--one-at-a-time") {
        extra.append("--one-at-a-time")
      }
    }
  }

  private func underWay(_ process: pid_t) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder + "/results.db") else { return [] }
    return try ResultsDatabase(reading: folder + "/results.db").cases(of: process)
  }

  /// The end of the program's life by a signal, in words.
  private static func reason(signal number: Int32) -> String {
    let name = String(cString: strsignal(number))
    let hint = number == SIGKILL ? ", perhaps for want of memory" : ""
    return "the program was ended by signal \(number) (\(name)\(hint))"
  }

  /// Starts the program and waits for its end. It holds the reading end of a pipe whose other end closes with this
  /// process, so that it never outlives it.
  private func start(_ extra: [String]) throws -> (process: pid_t, status: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(kind: "crash", "no pipe can be made", path: folder) }
    defer { for end in ends { close(end) } }
    let lifeline: Int32 = 9
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], lifeline)
    for end in ends where end != lifeline { posix_spawn_file_actions_addclose(&actions, end) }
    var texts: [UnsafeMutablePointer<CChar>?] = ([program] + arguments + ["--lifeline", String(lifeline)] + extra).map {
      strdup($0)
    }
    texts.append(nil)
    defer { for text in texts { free(text) } }
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, texts, environ) == 0 else {
      throw Failure(kind: "crash", "the program cannot start itself", path: program)
    }
    rope_signals_pass_to(process)
    defer { rope_signals_pass_to(0) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure(kind: "crash", "the program's end was lost", path: program) }
    }
    return (process, status)
  }

  /// In the process that is supervised: ends it at once when its supervisor is gone.
  static func hold(lifeline: Int32) {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while true {
        let count = read(lifeline, &byte, 1)
        if count < 0, errno == EINTR { continue }
        // Nothing else is left to tell, and what is half-done is left to the next run.
        kill(getpid(), SIGKILL)
      }
    }
  }
}
