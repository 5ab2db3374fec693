import ArgumentParser
import RopeFigures
import RopeReport
import RopeText

/// `ropescope figures`: the kinds of figure.
struct FiguresCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "List every kind of figure.",
    discussion: """
      EXAMPLES:
        ropescope figures
        ropescope figures --lang zh
        ropescope explain wavelength
      """)

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  private struct List: Encodable {
    struct Entry: Encodable {
      let id: String
      let title: String
      let summary: String
      let analyses: [String]
    }

    let schema = "ropescope.figures/1"
    let figures: [Entry]

    init(in language: Language) {
      figures = FigureCatalogue.all.map { $0.card }.map { card in
        Entry(
          id: card.id, title: language(fixed: card.title), summary: language(fixed: card.summary),
          analyses: card.analyses)
      }
    }
  }

  func run(in console: Console) async throws -> ExitStatus {
    let language = try language.language()
    let list = List(in: language)
    switch format {
    case .json: console.print(try JSONText.encode(list))
    case .text:
      console.print(
        TextTable(
          columns: [(language("figure"), .left), (language("what it shows"), .left)],
          rows: list.figures.map { [$0.id, $0.summary] }
        ).text(in: console.layout))
    }
    return .clean
  }
}
