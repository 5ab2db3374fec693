import ArgumentParser

/// A subcommand of ropescope. It answers on the console's output and reports its exit status; it throws `Failure` where
/// it could do nothing.
protocol ScopeCommand: ParsableCommand {
  func run(in console: Console) async throws -> ExitStatus
}

extension ScopeCommand {
  mutating func run() throws {
    throw CleanExit.helpRequest(self)
  }
}
