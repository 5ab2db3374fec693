import ArgumentParser
import RopeAnalysis
import RopeCheck
import RopeFigures
import RopeMath
import RopeReport

/// `ropescope explain METHOD|FIGURE|ANALYSIS|KEY`: the page of one thing.
struct ExplainCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a method, a rule, a figure, an analysis or a config key.",
    discussion: """
      EXAMPLES:
        ropescope explain yarn
        ropescope explain beta_fast
        ropescope explain wavelength --format markdown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

  @Argument(
    help: "Id or alias of a method, rule, figure or analysis, or a parameter key.",
    completion: .list(MethodCatalogue.cards.map(\.id) + FigureCatalogue.all.map { $0.card.id }))
  var topic: String

  @Option(help: "text, json or markdown.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let pages = Self.pages(for: topic.lowercased())
    guard !pages.isEmpty else {
      let known = MethodCatalogue.cards.flatMap { [$0.id] + $0.aliases } + FigureCatalogue.all.map { $0.card.id }
        + AnalysisCatalogue.all.map { $0.card.id } + RuleCatalogue.cards.map(\.id) + MethodCatalogue.cards.flatMap { $0.parameters.map(\.key) } + [Self.settingsFile]
      throw Failure.usage("nothing is called “\(topic)”\(Nearest.hint(topic, in: known))")
    }
    switch format {
    case .text: console.print(pages.map(\.text).joined(separator: "\n\n"))
    case .markdown: console.print(pages.map(\.markdown).joined(separator: "\n\n"))
    case .json: console.print(try pages.map { try JSONText.encode($0) }.joined(separator: "\n"))
    }
    return .clean
  }

  static func pages(for topic: String) -> [TextPage] {
    var pages: [TextPage] = []
    if let type = try? MethodCatalogue.type(named: topic) { pages.append(page(type.card)) }
    if let kind = FigureCatalogue.kind(named: topic) { pages.append(page(kind.card)) }
    if let analysis = AnalysisCatalogue.all.first(where: { $0.card.id == topic }) { pages.append(page(analysis.card)) }
    if let rule = RuleCatalogue.rule(named: topic) { pages.append(page(rule.card)) }
    if topic == settingsFile { pages.append(settingsPage) }
    return pages.isEmpty ? keyPage(topic).map { [$0] } ?? [] : pages
  }

  private static let settingsFile = "ropescope.toml"

  private static var settingsPage: TextPage {
    var page = TextPage(kind: "file", id: settingsFile, title: "Settings of check, read from the working directory")
    page.add("[facts]", ["What no configuration says, for every file: " + Facts.keys.joined(separator: ", ") + "."])
    page.add("Keys", SettingsKey.all.map { "  \($0.path): \($0.meaning)" })
    page.add("Example", SettingsKey.example.split(separator: "\n").map { "  \($0)" })
    page.add("Elsewhere", ["NAME.context.json beside NAME.json holds the facts of one file; options come before both."])
    return page
  }

  private static func page(_ card: MethodCard) -> TextPage {
    var page = TextPage(kind: "method", id: card.id, title: card.title)
    page.add("What it does", [card.summary])
    page.add("Formula", [card.formula])
    page.add("Parameters", card.parameters.map { "  \($0.key): \($0.summary) (default: \($0.defaultDescription))" })
    page.add("Cached keys", ["\(card.hazardClass): \(hazardMeaning(card.hazardClass))"])
    page.add("Training", ["\(trainingMeaning(card.training)) \(card.cost)"])
    page.add("Class", ["\(MethodCard.studyClass([card])) (arXiv 2409.12181)"])
    page.add("Also called", [card.aliases.joined(separator: ", ")])
    page.add("Computed by", [card.implementers.joined(separator: ", ")])
    page.add("Sources", lines(card.references))
    return page
  }

  private static func page(_ card: RuleCard) -> TextPage {
    var page = TextPage(kind: "rule", id: card.id, title: card.what)
    page.add("Severity", [card.severity.rawValue])
    page.add("Why", [card.why])
    page.add("What to write", [card.fix])
    page.add("Reported", card.failing.prefix(1).flatMap(example))
    page.add("Accepted", card.passing.prefix(1).flatMap(example))
    page.add("Seen in", card.references.map { "  \(RuleReference.address($0) ?? $0)" })
    return page
  }

  private static func example(_ example: RuleExample) -> [String] {
    example.configuration.split(separator: "\n").map { "  \($0)" }
  }

  private static func page(_ card: FigureCard) -> TextPage {
    var page = TextPage(kind: "figure", id: card.id, title: card.title)
    page.add("What it shows", [card.summary])
    page.add("Drawn from", card.analyses.map { "  \($0)" })
    page.add("Make it", ["  ropescope figure \(card.id) qwen2.5-7b --target 128k -o \(card.id).pdf"])
    return page
  }

  private static func page(_ card: AnalysisCard) -> TextPage {
    var page = TextPage(kind: "analysis", id: card.id, title: card.title)
    page.add("Formula", [card.formula])
    page.add("Axes", ["x: \(card.xLabel)", "y: \(card.unit)"])
    page.add("What it does not say", [card.caveat])
    page.add("Sources", lines(card.references))
    return page
  }

  /// Every method that has a parameter of this key.
  private static func keyPage(_ key: String) -> TextPage? {
    let users = MethodCatalogue.cards.flatMap { card in
      card.parameters.filter { $0.key.lowercased() == key }.map { (card, $0) }
    }
    guard let first = users.first else { return nil }
    var page = TextPage(kind: "key", id: first.1.key, title: first.1.summary)
    page.add("Used by", users.map { "  \($0.0.id): \($0.1.summary) (default: \($0.1.defaultDescription))" })
    return page
  }

  private static func lines(_ references: [Reference]) -> [String] {
    references.map { reference in
      let place = reference.place.map { ", \($0)" } ?? ""
      let address = reference.url.map { " <\($0)>" } ?? ""
      return "  \(reference.title), \(reference.source)\(place)\(address)"
    }
  }

  private static func hazardMeaning(_ hazardClass: String) -> String {
    switch hazardClass {
    case "K0": "frequencies never change within a session; cached keys stay right."
    case "K1": "one change when the context outgrows a threshold; keys cached before it are stale after it."
    case "K2": "frequencies drift with every token beyond the trained length; cached keys are stale at once."
    case "K3": "frequencies change at every multiple of the trained length."
    case "Kq": "only queries are touched; cached keys stay right."
    case "Kp": "keys are stored un-rotated and rotated on reading; safe, but not shared with ordinary caches."
    default: "see the sources."
    }
  }

  private static func trainingMeaning(_ training: MethodCard.Training) -> String {
    switch training {
    case .none: "Works on frozen weights."
    case .optional: "Usable on frozen weights, better after fine-tuning."
    case .required: "Needs training under the method."
    }
  }
}
