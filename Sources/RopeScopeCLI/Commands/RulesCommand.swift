import ArgumentParser
import RopeCheck
import RopeReport

/// `ropescope rules`: the catalogue of checks.
struct RulesCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule that check knows.",
    discussion: """
      EXAMPLES:
        ropescope rules
        ropescope rules --format markdown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

  @Option(help: "text, json or markdown.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  /// `ropescope.rules/1`.
  private struct Document: Encodable {
    struct Entry: Encodable {
      let id: String
      let severity: Severity
      let what: String
      let why: String
      let fix: String
      let references: [String]
    }

    let schema = "ropescope.rules/1"
    let rules = RuleCatalogue.cards.map {
      Entry(id: $0.id, severity: $0.severity, what: $0.what, why: $0.why, fix: $0.fix, references: $0.references)
    }
  }

  func run(in console: Console) async throws -> ExitStatus {
    switch format {
    case .text:
      console.print(
        TextTable(
          columns: [("rule", .left), ("severity", .left), ("what it finds", .left)],
          rows: RuleCatalogue.cards.map { [$0.id, $0.severity.rawValue, $0.what] }, widestCell: 90
        ).text)
    case .markdown: console.print(RuleCatalogue.markdownTable)
    case .json: console.print(try JSONText.encode(Document()))
    }
    return .clean
  }
}
