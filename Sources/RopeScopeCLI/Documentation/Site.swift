import RopeCairo
import RopeChart
import RopeMath
import RopeReport
import RopeText

/// The documentation as a folder of pages, made from the tool's own cards and guides.
struct Site {
  let examples: [String: FigureExample]
  private let topics = Topic.all
  private let known: Set<String>

  init(examples: [String: FigureExample]) {
    self.examples = examples
    known = Set(Topic.all.map { $0.kind.path($0.id) })
  }

  private static let creator = "RopeScope \(RopeScope.version)"

  /// Kinds with a page for each thing, in the order of the navigation, with the title of their list and what it says.
  private static let kinds: [(kind: PageKind, title: String, summary: String)] = [
    (
      .method, "Methods",
      "Every way to extend the context that RopeScope computes: formula, parameters, cost, hazard, papers, who implements it."
    ),
    (.figure, "Figures", "Every kind of figure, drawn from a preset where it needs no measurements."),
    (.analysis, "Analyses", "Every property that is computed: formula, axes, what it does not say, sources."),
    (
      .rule, "Rules",
      "What ropescope check finds: why it matters, what to write, an example that is reported and one that is accepted."
    ),
    (.runtime, "Runtimes", "Servers and trainers, version by version, and those that are known by name."),
    (.family, "Families", "What the class of each model type fixes where a file says nothing."),
    (.model, "Presets", "Models under a short name, with the keys of their published files."),
    (.command, "Commands", "Every command with its options, as its own help says it."),
  ]

  /// All files, sorted by path.
  ///
  /// - Throws: `TemplateError`, or `CairoError` where a picture cannot be drawn.
  func files() throws -> [(path: String, bytes: [UInt8])] {
    let renderer = try SiteRenderer(
      metrics: PangoTextMetrics(PangoFonts(families: FontFamilies.sans)),
      navigation: [("RopeScope", "index.html")] + Self.kinds.map { ($0.title, "\($0.kind.folder)/index.html") }
        + [("Glossary", "glossary.html"), ("Reference", "reference/index.html"), ("Changes", "changelog.html")])
    var files = renderer.files(pages())
    files += JSONSchema.all.map { ($0.path, $0.bytes) }
    let drawing = FigureFiles(style: HTMLRenderer.wide, fonts: PangoFonts(families: HTMLRenderer.wide.families))
    for (id, example) in examples {
      files.append(("figures/\(id).svg", try drawing.bytes(.svg, of: example.figure, series: [], name: id)))
    }
    return files.sorted { $0.0 < $1.0 }
  }

  func pages() -> [SitePage] {
    [front, glossary, changelog, reference, parameters, schemas] + Guide.all.map(page)
      + Self.kinds.map { list($0.kind, $0.title, $0.summary) }
      + topics.filter { ![.term, .key].contains($0.kind) }.map(page) + CommandPage.all.map { page($0.page()) }
  }

  // MARK: Pages

  private var front: SitePage {
    var document = Self.document(
      "RopeScope", "What will this RoPE scaling do to this model at this length?",
      about: "Documentation of RopeScope: methods, figures, analyses, rules, runtimes, families, commands, guides.")
    let guides = Guide.all.map {
      Prose(runs: [.externalLink($0.title, address: PageKind.guide.path($0.id)), .text(": \($0.summary)")])
    }
    document.sections.append(Section(id: "guides", title: "Guides", blocks: [.list(.init(guides))]))
    for (kind, title, _) in Self.kinds {
      document.sections.append(Section(id: kind.folder, title: title, blocks: [entries(kind, root: "")]))
    }
    let terms = GlossaryTerm.all.map(\.name).joined(separator: ", ")
    let others = [
      Prose(runs: [.externalLink("Glossary", address: "glossary.html"), .text(": " + terms)]),
      Prose(runs: [.externalLink("Changes", address: "changelog.html"), .text(": what is new in each version")]),
    ]
    document.sections.append(
      Section(id: "more", title: "Reference", blocks: [.list(.init(referenceEntries(root: "") + others))]))
    return SitePage(path: "index.html", document: document, filter: "Find a method, rule, runtime, key … ( / )")
  }

  private func list(_ kind: PageKind, _ title: String, _ summary: String) -> SitePage {
    let path = "\(kind.folder)/index.html"
    let pictures =
      kind != .figure
      ? []
      : topics.filter { $0.kind == .figure }.compactMap { topic in
        examples[topic.id].map {
          SitePage.Picture(
            file: "figures/\(topic.id).svg", page: kind.path(topic.id), title: topic.title,
            description: $0.figure.figure.alternativeText)
        }
      }
    return SitePage(
      path: path,
      document: Self.document(
        title, summary, about: summary,
        [
          Section(id: "all", title: "All \(title.lowercased())", blocks: [entries(kind, root: SitePage.root(of: path))])
        ]),
      filter: "Filter \(title.lowercased())", pictures: pictures)
  }

  /// A line for each page of a kind.
  private func entries(_ kind: PageKind, root: String) -> Block {
    let all = kind == .command ? CommandPage.all : topics.filter { $0.kind == kind }
    return .list(
      .init(
        all.map { topic in
          Prose(runs: [.externalLink(topic.id, address: root + kind.path(topic.id))])
            + Prose(topic.title.isEmpty ? "" : ": \(topic.title)")
        }))
  }

  private func page(_ topic: Topic) -> SitePage { page(topic.page()) }

  private func page(_ text: TextPage) -> SitePage {
    let path = text.kind.path(text.id)
    let root = SitePage.root(of: path)
    var document = text.document(root: root) { known.contains($0.path($1)) }
    if text.kind == .figure, let example = examples[text.id] {
      document.sections.insert(
        Section(
          id: "example", title: "Example",
          blocks: [.chart(.init(example.figure.figure, id: "chart", files: [.init("SVG", path: "\(text.id).svg")]))]),
        at: min(1, document.sections.count))
    }
    return SitePage(path: path, document: document)
  }

  private func page(_ guide: Guide) -> SitePage {
    let path = PageKind.guide.path(guide.id)
    var document = MarkdownReader.document(guide.text, root: SitePage.root(of: path))
    document.metadata.creator = Self.creator
    document.metadata.description = guide.summary
    return SitePage(path: path, document: document)
  }

  /// A page of the site's own.
  private static func document(
    _ title: String, _ subtitle: String = "", about description: String, lead: [Block] = [], _ sections: [Section] = []
  ) -> Document {
    Document(
      metadata: .init(title: title, subtitle: subtitle, creator: creator, description: description), lead: lead,
      sections: sections)
  }

  private var changelog: SitePage {
    var document = MarkdownReader.document(Guide.changelog.text)
    document.metadata.creator = Self.creator
    return SitePage(path: "changelog.html", document: document)
  }

  private var glossary: SitePage {
    let sections = GlossaryTerm.all.map { term in
      var blocks: [Block] = [.prose(Prose(term.meaning))]
      if !term.aliases.isEmpty {
        blocks.append(
          .prose(Prose(runs: [.emphasis("Also written:"), .text(" " + term.aliases.joined(separator: ", "))])))
      }
      if !term.related.isEmpty {
        let links = term.related.map { Prose(runs: [.link($0, id: Escaping.identifier($0))]) }
        blocks.append(
          .prose(
            Prose(runs: [.emphasis("See:"), .text(" ")]) + links.dropFirst().reduce(links[0]) { $0 + Prose(", ") + $1 })
        )
      }
      return Section(id: Escaping.identifier(term.name), title: term.name, blocks: blocks)
    }
    return SitePage(
      path: "glossary.html",
      document: Self.document(
        "Glossary", "The words of the reports; ropescope explain knows them too.",
        about: "Terms of RoPE scaling as RopeScope uses them.", sections))
  }

  /// Keys of methods, all on one page.
  private var parameters: SitePage {
    let path = "reference/parameters.html"
    let root = SitePage.root(of: path)
    let sections = topics.filter { $0.kind == .key }.map { topic in
      let text = topic.page()
      return Section(
        id: Escaping.identifier(topic.id), title: topic.id,
        blocks: text.sections.flatMap { $0.blocks(root: root) { known.contains($0.path($1)) } })
    }
    return SitePage(
      path: path,
      document: Self.document(
        "Parameters of methods", "The keys that a SPEC may name, with every method that reads them.",
        about: "Parameters of every scaling method.", sections))
  }

  private var schemas: SitePage {
    let sections = JSONSchema.all.map { schema in
      Section(
        id: Escaping.identifier(schema.name), title: schema.title,
        blocks: [
          .prose(Prose(schema.summary)),
          .prose(Prose(runs: [.externalLink("\(schema.name).schema.json", address: "../\(schema.path)")])),
          .code(.init("ropescope docs schema \(schema.name)")),
        ])
    }
    return SitePage(
      path: "reference/schemas.html",
      document: Self.document(
        "JSON Schemas",
        "What --format json prints. Objects may gain keys; none is renamed or removed within a version.",
        about: "JSON Schemas of RopeScope's records.", sections))
  }

  private var reference: SitePage {
    SitePage(
      path: "reference/index.html",
      document: Self.document(
        "Reference", about: "Settings, exit codes, schemas, parameters.",
        lead: [.list(.init(referenceEntries(root: "../")))]))
  }

  private func referenceEntries(root: String) -> [Prose] {
    topics.filter { $0.kind == .reference }.map {
      Prose(runs: [.externalLink($0.id, address: root + $0.kind.path($0.id)), .text(": \($0.title)")])
    } + [
      Prose(runs: [
        .externalLink("schemas", address: root + "reference/schemas.html"),
        .text(": JSON Schemas of what --format json prints"),
      ]),
      Prose(runs: [
        .externalLink("parameters", address: root + "reference/parameters.html"), .text(": keys of methods"),
      ]),
    ]
  }
}
