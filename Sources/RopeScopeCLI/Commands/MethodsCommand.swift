import ArgumentParser
import RopeMath
import RopeReport
import RopeText

/// `ropescope methods`: the catalogue.
struct MethodsCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods", abstract: "List every scaling method with its parameters and paper.",
    discussion: """
      EXAMPLES:
        ropescope methods
        ropescope methods --format json
        ropescope methods --format bibtex > methods.bib
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, latex, typst, bibtex }

  @Option(help: "text, json, markdown, latex, typst, or bibtex: what papers cite for them.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    switch format {
    case .text: console.print(table.text(in: console.layout))
    case .markdown: console.print(Self.markdown)
    case .latex, .typst:
      let block = Block.Table(id: "methods", caption: "Methods that extend the context.", table)
      console.print(TableForm(rawValue: format.rawValue)?.text(block) ?? "")
    case .bibtex: console.print(BibTeX.entries(of: MethodCatalogue.cards))
    case .json: console.print(try JSONText.encode(MethodList()))
    }
    return .clean
  }

  private var table: TextTable {
    TextTable(
      columns: [
        ("method", .left), ("what", .left), ("keys", .left), ("cache", .left), ("training", .left), ("source", .left),
      ],
      rows: MethodCatalogue.cards.map { card in
        [
          ([card.id] + card.aliases.prefix(1)).joined(separator: ", "), card.title,
          card.parameters.map(\.key).joined(separator: " "), card.hazardClass, card.training.rawValue,
          card.references.first?.source ?? "",
        ]
      }, optional: ["keys", "source"])
  }

  /// The table that the README carries.
  static var markdown: String {
    let rows = MethodCatalogue.cards.map { card in
      "| `\(card.id)` | \(card.title) | \(card.hazardClass) | \(card.training.rawValue) | \(card.references.first?.source ?? "") |"
    }
    return (["| method | what | cached keys | training | source |", "|---|---|---|---|---|"] + rows).joined(
      separator: "\n")
  }
}

/// `ropescope.methods/1`.
private struct MethodList: Encodable {
  struct Parameter: Encodable {
    let key: String
    let kind: String
    let `default`: String
    let minimum: Double
    let maximum: Double
    let summary: String
  }

  struct Method: Encodable {
    let id: String
    let aliases: [String]
    let title: String
    let summary: String
    let formula: String
    let parameters: [Parameter]
    let references: [Reference]
    let hazard: String
    let training: MethodCard.Training
    let cost: String
    let implementers: [String]

    init(_ card: MethodCard) {
      id = card.id
      aliases = card.aliases
      title = card.title
      summary = card.summary
      formula = card.formula
      parameters = card.parameters.map {
        Parameter(
          key: $0.key, kind: $0.kind.rawValue, default: $0.defaultDescription, minimum: $0.range.lowerBound,
          maximum: $0.range.upperBound, summary: $0.summary)
      }
      references = card.references
      hazard = card.hazardClass
      training = card.training
      cost = card.cost
      implementers = card.implementers
    }
  }

  let schema = "ropescope.methods/1"
  let methods = MethodCatalogue.cards.map(Method.init)
}
