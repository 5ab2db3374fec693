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
        ropescope explain wavelength
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  private struct List: Encodable {
    struct Entry: Encodable {
      let id: String
      let title: String
      let summary: String
      let analyses: [String]
    }

    let schema = "ropescope.figures/1"
    let figures = FigureCatalogue.all.map { $0.card }.map {
      Entry(id: $0.id, title: $0.title, summary: $0.summary, analyses: $0.analyses)
    }
  }

  func run(in console: Console) async throws -> ExitStatus {
    switch format {
    case .json: console.print(try JSONText.encode(List()))
    case .text:
      console.print(
        TextTable(
          columns: [("figure", .left), ("what it shows", .left)],
          rows: FigureCatalogue.all.map { [$0.card.id, $0.card.summary] }
        ).text(in: console.layout))
    }
    return .clean
  }
}
