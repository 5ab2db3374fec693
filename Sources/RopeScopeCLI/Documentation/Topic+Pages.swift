import RopeAnalysis
import RopeCheck
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import RopeText

extension Topic {
  init(_ card: MethodCard) {
    self.init(.method, card.id, aliases: card.aliases, title: card.title, heading: { $0(fixed: card.title) }) {
      language, page in
      page.add("What it does", [language(fixed: card.summary)])
      page.add("Formula", [language(foreign: card.formula)], as: .formula)
      page.add(
        "Parameters", card.parameters.map { "  \(Self.told($0, as: $0.key, in: language))" }, as: .list, naming: .key)
      let hazard = GlossaryTerm.named(card.hazardClass)?.meaning ?? "see the sources."
      page.add(
        "Cached keys", ["  \(language("\(card.hazardClass): \(language(fixed: hazard))"))"], as: .list, naming: .term)
      page.add("Training", [language.sentences([language(Self.meaning(card.training)), language(fixed: card.cost)])])
      page.add("Class", [language("\(language(fixed: MethodCard.studyClass([card]))) (\("arXiv 2409.12181"))")])
      page.add("Also called", [language.names(card.aliases)])
      page.add("Computed by", [language.names(card.implementers)])
      page.add("Sources", Self.lines(card.references))
      page.add("Try it", ["  ropescope inspect qwen2.5-7b --method \(card.id) --target 128k"], as: .code)
    }
  }

  init(_ card: RuleCard) {
    self.init(.rule, card.id, title: "\(card.what) (\(card.severity.rawValue))", heading: { $0(fixed: card.what) }) {
      language, page in
      page.add("Severity", [language(fixed: card.severity.rawValue)])
      page.add("Why", [language(fixed: card.why)])
      page.add("What to write", [language(fixed: card.fix)])
      for (heading, example) in [("Reported", card.failing.first), ("Accepted", card.passing.first)] {
        guard let example else { continue }
        page.add(heading, Self.indented(example.configuration), as: .code)
        page.add(
          "\(heading), with",
          (example.facts.told.map { [language($0)] } ?? [])
            + example.companions.keys.sorted().map { language("\($0) beside it") })
      }
      page.add("Seen in", card.references.map { "  \(RuleReference.address($0) ?? $0)" }, as: .list)
      page.add("Leave it out", ["  ropescope check . --ignore \(card.id)"], as: .code)
    }
  }

  init(_ card: FigureCard) {
    self.init(.figure, card.id, title: card.title, heading: { $0(foreign: card.title) }) { language, page in
      page.add("What it shows", [language(foreign: card.summary)])
      page.add("Drawn from", card.analyses.map { "  \($0)" }, as: .list, naming: .analysis)
      let words = FigureExample.arguments(of: card).map { " " + $0.joined(separator: " ") } ?? " MODEL --measured FILE"
      page.add("Make it", ["  ropescope figure \(card.id)\(words) -o \(card.id).pdf"], as: .code)
    }
  }

  init(_ card: AnalysisCard) {
    self.init(.analysis, card.id, title: card.title, heading: { $0(fixed: card.title) }) { language, page in
      page.add("Formula", [language(foreign: card.formula)], as: .formula)
      page.add(
        "Axes",
        [language("\("x"): \(language(foreign: card.xLabel))"), language("\("y"): \(language(fixed: card.unit))")])
      page.add("What it does not say", [language(fixed: card.caveat)])
      page.add(
        "Drawn by",
        FigureCatalogue.all.map { $0.card }.filter { $0.analyses.contains(card.id) }.map {
          "  " + language("\($0.id): \(language(foreign: $0.title))")
        },
        as: .list, naming: .figure)
      page.add("Sources", Self.lines(card.references))
      page.add(
        "Its numbers", ["  ropescope analyse qwen2.5-7b --target 128k --only \(card.id) --format csv"], as: .code)
    }
  }

  /// All modelled versions of one runtime, or what is public of one that is known by name.
  init(runtime name: String) {
    let versions = RuntimeCatalogue.versions(of: name)
    let named = NamedRuntimes.named(name)
    let title = versions.last?.title ?? named?.title ?? name
    self.init(.runtime, name, aliases: versions.last?.aliases ?? named?.aliases ?? [], title: title) { _, page in
      if let newest = versions.last {
        page.add("Known to", ["\(newest.read), published \(newest.date)"])
        page.add(
          "Versions",
          versions.map { version in
            let from = version.first.map { "from \($0)" } ?? "the oldest known"
            let to = version.next.map { ", before \($0)" } ?? ""
            return "  \(from)\(to) (read: \(version.read), \(version.date))"
              + (version.remarks.isEmpty ? "" : ": " + version.remarks.joined(separator: "; "))
          }, as: .list)
      }
      if let named {
        page.add("Known by name", [named.sentence])
        page.add("Settings", [named.settings])
        page.add("Remarks", named.remarks.map { "  \($0)" }, as: .list)
        page.add("What was looked at", [named.read])
      }
      page.add(
        "What its versions do to models",
        RuntimeFaults.all.filter { $0.runtime == name }.map { fault in
          let models = fault.modelTypes.isEmpty ? "every model" : fault.modelTypes.joined(separator: ", ")
          return "  \(models): \(fault.sentence) (\(fault.versions); \(fault.source))"
        }, as: .list, naming: .family)
      page.add("Compare it", ["  ropescope parity llama-3.1-8b --runtimes \(name)"], as: .code)
    }
  }

  init(_ family: FamilyPage) {
    self.init(
      .family, family.type, title: family.facts.first { $0.name == "Rotation" }?.value ?? "",
      heading: { _ in "Model type \(family.type)" }
    ) { _, page in
      page.add("What its class fixes", family.facts.map { "  \($0.name): \($0.value)" }, as: .list)
      page.add("The same of", family.others.map { "  \($0)" }, as: .list, naming: .family)
      page.add(
        "What runtimes do to it",
        RuntimeFaults.all.filter { !$0.modelTypes.isEmpty && $0.isAbout(family.type) }.map {
          "  \($0.runtime): \($0.sentence) (\($0.versions); \($0.source))"
        }, as: .list, naming: .runtime)
    }
  }

  init(_ preset: ModelPreset) {
    self.init(.model, preset.name, title: preset.hubIDs.joined(separator: ", "), heading: { _ in preset.name }) {
      _, page in
      page.add("Published as", preset.hubIDs.map { "  https://huggingface.co/\($0)" }, as: .list)
      page.add("Read from", [preset.source])
      page.add("Keys", Self.indented(preset.configuration), as: .code)
      page.add("Use it", ["  ropescope report \(preset.name) --target 128k"], as: .code)
    }
  }

  init(_ term: GlossaryTerm) {
    self.init(.term, term.name, aliases: term.aliases, title: term.meaning, heading: { Self.title(term, in: $0) }) {
      language, page in
      page.add("Meaning", [language(fixed: term.meaning)])
      page.add("Also written", [language.names(term.aliases)])
      page.add("See", term.related.map { "  \(Self.name(of: $0, in: language))" }, as: .list)
    }
  }

  /// A key of configurations or of methods: what it says, how it is spelt elsewhere, and what reads it.
  init(key: String) {
    let users = MethodCatalogue.cards.flatMap { card in card.parameters.filter { $0.key == key }.map { (card, $0) } }
    let own = ConfigurationKey.all.first { $0.name == key }
    let types = ScalingKeys.read.filter { $0.value.contains(key) }.keys.sorted()
    let others = own.map { Array($0.spellings.dropFirst()) } ?? []
    let dictionaries = ConfigurationKey.scaling.spellings
    let isOfScaling = own?.isOfScaling == true || ScalingKeys.all.contains(key)
    let places = isOfScaling ? dictionaries.flatMap { name in ([key] + others).map { "\(name).\($0)" } } : []
    let isAlsoOutside = own?.isOfScaling == false
    let gguf = [own?.gguf].compactMap { $0 }
    let title = own?.meaning ?? users.first?.1.summary ?? "A key of the scaling dictionary"
    self.init(.key, key, aliases: others + places + gguf, title: title, heading: { $0(foreign: title) }) {
      language, page in
      page.add("Also written", [language.names(others)])
      if isOfScaling {
        let either = dictionaries.dropFirst().reduce(dictionaries.first ?? "") { language("\($0) or \($1)") }
        page.add("Stands in", [isAlsoOutside ? language("the configuration, or \(either)") : either])
      }
      page.add("In a GGUF file", gguf.map { "ARCHITECTURE.\($0), \(own?.ggufType ?? "")" })
      page.add("In Mistral's params.json", [own?.parameters].compactMap { $0 })
      page.add("Read by transformers 5 with rope_type", [language.names(types)])
      page.add("Used by", users.map { "  \(Self.told($0.1, as: $0.0.id, in: language))" }, as: .list, naming: .method)
    }
  }

  /// The file of settings of `check`.
  static let settings = Topic(.reference, "ropescope.toml", title: "Settings of check, read from the working directory")
  { _, page in
    page.add("[facts]", ["What no configuration says, for every file: " + Facts.keys.joined(separator: ", ") + "."])
    page.add("Keys", SettingsKey.all.map { "  \($0.path): \($0.meaning)" }, as: .list)
    page.add("Example", Self.indented(SettingsKey.example), as: .code)
    page.add("Elsewhere", ["NAME.context.json beside NAME.json holds the facts of one file; options come before both."])
  }

  static let exitCodes = Topic(.reference, "exit-codes", title: "What the exit code says") { _, page in
    page.add("Codes", ExitStatus.allCases.map { "  \($0.rawValue): \($0.meaning)" }, as: .list)
    page.add(
      "With --format json",
      [
        "A command that could do nothing prints {\"schema\": \"ropescope.error/1\", \"error\": {…}} on standard output and ends with 2. check puts a bad file's error beside the file, goes on, and ends with 2."
      ])
  }

  static let environment = Topic(.reference, "environment", title: "Variables of the environment") { _, page in
    page.add(
      "Variables",
      [
        "  \(DocumentationSite.variable): address of a published copy of this site; SARIF gets links to the rules' pages, terminals links on the rules' names, Markdown linked names; without it none is written",
        "  NO_COLOR, FORCE_COLOR: no colour, or colour in pipes too, where --color is auto",
        "  HF_HOME, HF_HUB_CACHE: where models of the Hugging Face cache are looked for",
      ], as: .list)
  }

  private static func title(_ term: GlossaryTerm, in language: Language) -> String {
    language.isEnglish ? "a term" : language(fixed: term.name)
  }

  /// What `explain` looks up, with the name in the language beside it.
  private static func name(of term: String, in language: Language) -> String {
    language.isEnglish ? term : language("\(term) (\(language(fixed: term)))")
  }

  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
  }

  private static func lines(_ references: [Reference]) -> [String] {
    references.map { reference in
      let place = reference.place.map { ", \($0)" } ?? ""
      let address = reference.url.map { " <\($0)>" } ?? ""
      return "  \(reference.title), \(reference.source)\(place)\(address)"
    }
  }

  /// `factor: scale factor s (default: 8)`.
  private static func told(_ parameter: MethodParameter, as name: String, in language: Language) -> String {
    language(
      "\(name): \(language(fixed: parameter.summary)) (default: \(language(foreign: parameter.defaultDescription)))")
  }

  private static func meaning(_ training: MethodCard.Training) -> Message {
    switch training {
    case .none: "Works on frozen weights."
    case .optional: "Usable on frozen weights, better after fine-tuning."
    case .required: "Needs training under the method."
    }
  }
}
