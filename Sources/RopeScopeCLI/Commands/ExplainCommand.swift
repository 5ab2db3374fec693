import ArgumentParser
import RopeMath
import RopeReport
import RopeText

/// `ropescope explain NAME`: the page of one thing.
struct ExplainCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a method, rule, figure, analysis, runtime, model type, config key or term.",
    discussion: """
      EXAMPLES:
        ropescope explain yarn
        ropescope explain beta_fast
        ropescope explain phase-safe
        ropescope explain wavelength --format markdown
        ropescope explain yarn --format bibtex
        ropescope explain yarn --lang zh
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, bibtex }

  @Argument(
    help:
      "Name or alias of a method, rule, figure, analysis, runtime, model type, preset or term; a parameter key; ropescope.toml, exit-codes, environment.",
    completion: .list(Topic.all.map(\.id).filter { !$0.contains(" ") }))
  var topic: String

  @Option(help: "text, json, markdown, or bibtex: what a paper cites for a method.")
  var format: Format = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    if format == .bibtex {
      // Several methods with commas: what one paper cites.
      let cards = try topic.split(separator: ",").map { try MethodCatalogue.type(named: String($0)).card }
      console.print(BibTeX.entries(of: cards))
      return .clean
    }
    let language = try language.language()
    let pages = Topic.named(english(topic, language)).map { $0.page(in: language) }
    guard !pages.isEmpty else {
      throw Failure.usage(
        "nothing is called “\(topic)”\(Nearest.hint(topic, in: Topic.all.flatMap { [$0.id] + $0.aliases }))")
    }
    switch format {
    case .text: console.print(pages.map { $0.text(in: console.layout) }.joined(separator: "\n\n"))
    case .markdown: console.print(pages.map(\.markdown).joined(separator: "\n\n"))
    case .bibtex: break
    case .json: console.print(try pages.map { try JSONText.encode($0) }.joined(separator: "\n"))
    }
    return .clean
  }

  /// A term by its name in the language: `相位安全`.
  private func english(_ name: String, _ language: Language) -> String {
    GlossaryTerm.all.first { language(fixed: $0.name) == name }?.name ?? name
  }
}
