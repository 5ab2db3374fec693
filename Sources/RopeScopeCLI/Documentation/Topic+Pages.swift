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
    self.init(.runtime, name, aliases: versions.last?.aliases ?? named?.aliases ?? [], title: title) {
      language, page in
      if let newest = versions.last {
        page.add("Known to", [language("\(newest.read), published \(newest.date)")])
        page.add("Versions", versions.map { "  " + Self.told($0, in: language) }, as: .list)
      }
      if let named {
        page.add("Known by name", [language(foreign: named.sentence)])
        page.add("Settings", [language(foreign: named.settings)])
        page.add("Remarks", named.remarks.map { "  " + language(foreign: $0) }, as: .list)
        page.add("What was looked at", [language(foreign: named.read)])
      }
      page.add(
        "What its versions do to models",
        RuntimeFaults.all.filter { $0.runtime == name }.map { fault in
          let models: Message = fault.modelTypes.isEmpty ? "every model" : .names(fault.modelTypes)
          return "  " + Self.told(fault, of: models, in: language)
        }, as: .list, naming: .family)
      page.add("Compare it", ["  ropescope parity llama-3.1-8b --runtimes \(name)"], as: .code)
    }
  }

  init(_ family: FamilyPage) {
    self.init(
      .family, family.type,
      title: Language.english(family.facts.first { $0.name == "Rotation" }?.value ?? ""),
      heading: { $0("Model type \(family.type)") }
    ) { language, page in
      page.add(
        "What its class fixes",
        family.facts.map { fact in "  " + language("\(language(foreign: fact.name)): \(fact.value)") }, as: .list)
      page.add("The same of", family.others.map { "  \($0)" }, as: .list, naming: .family)
      page.add(
        "What runtimes do to it",
        RuntimeFaults.all.filter { !$0.modelTypes.isEmpty && $0.isAbout(family.type) }.map {
          "  " + Self.told($0, of: "\($0.runtime)", in: language)
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

  private static let settingsTitle = "Settings of check, read from the working directory"
  private static let exitTitle = "What the exit code says"
  private static let environmentTitle = "Variables of the environment"

  /// The file of settings of `check`.
  static let settings = Topic(
    .reference, "ropescope.toml", title: settingsTitle, heading: { $0(fixed: settingsTitle) }
  ) { language, page in
    page.add("[facts]", [language("What no configuration says, for every file: \(Message.names(Facts.keys)).")])
    page.add(
      "Keys", SettingsKey.all.map { "  " + language("\($0.path): \(language(fixed: $0.meaning))") }, as: .list)
    page.add("Example", Self.indented(SettingsKey.example), as: .code)
    page.add(
      "Elsewhere",
      [language("NAME.context.json beside NAME.json holds the facts of one file; options come before both.")])
  }

  static let exitCodes = Topic(
    .reference, "exit-codes", title: exitTitle, heading: { $0(fixed: exitTitle) }
  ) { language, page in
    page.add(
      "Codes",
      ExitStatus.allCases.map { "  " + language("\(String($0.rawValue)): \(language(fixed: $0.meaning))") }, as: .list)
    page.add(
      "With --format json",
      [
        language(
          "A command that could do nothing prints \(#"{"schema": "ropescope.error/1", "error": {…}}"#) on standard output and ends with 2. check puts a bad file's error beside the file, goes on, and ends with 2."
        )
      ])
  }

  static let environment = Topic(
    .reference, "environment", title: environmentTitle, heading: { $0(fixed: environmentTitle) }
  ) { language, page in
    page.add(
      "Variables",
      [
        language(
          "\(DocumentationSite.variable): address of a published copy of this site; SARIF gets links to the rules' pages, terminals links on the rules' names, Markdown linked names; without it none is written"
        ),
        language("NO_COLOR, FORCE_COLOR: no colour, or colour in pipes too, where --color is auto"),
        language("HF_HOME, HF_HUB_CACHE: where models of the Hugging Face cache are looked for"),
      ].map { "  " + $0 }, as: .list)
  }

  /// One modelled version: `from 5.18 (read: 5.24.0, 2026-11): only declared layer types count as nested`.
  private static func told(_ version: Runtime, in language: Language) -> String {
    let span: Message =
      switch (version.first, version.next) {
      case (let first?, let next?): "from \(first.description), before \(next.description)"
      case (let first?, nil): "from \(first.description)"
      case (nil, let next?): "the oldest known, before \(next.description)"
      case (nil, nil): "the oldest known"
      }
    let known: Message = "\(span) (read: \(version.read), \(version.date))"
    guard !version.remarks.isEmpty else { return language(known) }
    return language("\(known): \(language.clauses(version.remarks.map { language(foreign: $0) }))")
  }

  /// What some versions do to models, or to one model under one runtime.
  private static func told(_ fault: RuntimeFault, of whom: Message, in language: Language) -> String {
    language("\(whom): \(language(foreign: fault.sentence)) (\(fault.versions); \(language(foreign: fault.source)))")
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
