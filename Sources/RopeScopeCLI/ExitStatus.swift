/// What a process's exit code says.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case clean = 0
  case findings = 1
  case notDone = 2
  case partlyDone = 3
  case interrupted = 130
  case terminated = 143

  /// For the page of exit codes.
  var meaning: String {
    switch self {
    case .clean: "Done, nothing to report."
    case .findings: "Done, with findings (check, at or above --fail-on) or mismatches (parity)."
    case .notDone: "Not done: a bad option, unreadable or malformed input, output that cannot be written."
    case .partlyDone: "Partly done: a batch of which some cases failed."
    case .interrupted: "Interrupted (SIGINT)."
    case .terminated: "Terminated (SIGTERM)."
    }
  }
}
