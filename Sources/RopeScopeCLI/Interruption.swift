import CRopeSystem

/// A long job that stops by itself when SIGINT or SIGTERM asks for it: the first signal is told and waited for, a second
/// one ends the program at once. Other commands end at the first.
final class Interruption: Sendable {
  init(_ output: OutputOptions) { rope_signals_hold(!output.quiet) }

  deinit { rope_signals_release() }

  var isAsked: Bool { rope_signals_asked() != 0 }

  /// The exit code of a program that was asked to stop: 130, or 143 for SIGTERM.
  static var status: Int32 {
    let signal = rope_signals_asked()
    return signal == 0 ? ExitStatus.interrupted.rawValue : 128 + signal
  }
}
