/// What a process's exit code says.
package enum ExitStatus: Int32, Sendable {
  /// Done, nothing to report.
  case clean = 0
  /// Done, with findings or mismatches.
  case findings = 1
  /// Not done: bad option, unreadable or malformed input.
  case notDone = 2
  /// A batch of which a part failed.
  case partlyDone = 3
  case interrupted = 130
  case terminated = 143
}
