import ArgumentParser
import RopeReport

/// `ropescope version`: the same as `--version`, for those who look for a command.
struct VersionCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version.",
    discussion: """
      EXAMPLES:
        ropescope version
        ropescope version --format json
      """)

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  /// `ropescope.version/1`.
  private struct Document: Encodable {
    let schema = "ropescope.version/1"
    let version = RopeScope.version
  }

  func run(in console: Console) async throws -> ExitStatus {
    console.print(format == .json ? try JSONText.encode(Document()) : RopeScope.version)
    return .clean
  }
}
