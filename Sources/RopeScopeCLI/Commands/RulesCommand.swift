import ArgumentParser
import RopeCheck
import RopeReport
import RopeText

/// `ropescope rules`: the catalogue of checks.
struct RulesCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule that check knows.",
    discussion: """
      EXAMPLES:
        ropescope rules
        ropescope rules --format markdown
        ropescope rules --lang zh
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, latex, typst }

  @Option(help: "text, json, markdown, latex or typst.")
  var format: Format = .text

  @OptionGroup var language: LanguageOptions
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
    let language = try language.language()
    let severity = language("severity")
    let table = TextTable(
      columns: [(language("rule"), .left), (severity, .left), (language("what it finds"), .left)],
      rows: RuleCatalogue.cards.map { [$0.id, language(fixed: $0.severity.rawValue), language(fixed: $0.what)] },
      widestCell: 90, optional: [severity])
    switch format {
    case .text: console.print(table.text(in: console.layout))
    case .markdown: console.print(RuleCatalogue.markdownTable(in: language))
    case .latex, .typst:
      let block = Block.Table(id: "rules", caption: Prose(language("Rules of ropescope check.")), table)
      console.print(TableForm(rawValue: format.rawValue)?.text(block) ?? "")
    case .json: console.print(try JSONText.encode(Document()))
    }
    return .clean
  }
}
