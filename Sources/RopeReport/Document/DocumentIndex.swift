import RopeText

/// Numbers and names of everything in a document that can be pointed to, the same in every rendering: figures and tables
/// are counted in reading order, sections by level, sources of numbers in order of first use.
public struct DocumentIndex: Sendable {
  public enum Kind: String, Sendable {
    case section, figure, table, formula, citation, other
  }

  public struct Entry: Sendable, Hashable {
    public let id: String
    public let kind: Kind
    /// `3`, `4.2`; empty where it has none.
    public let number: String
    public let title: String
    /// `Figure 3`; the title where it has no number.
    public let label: String
  }

  /// Id of the section that lists the sources of numbers, added by renderers where there are any.
  public static let sourcesID = "sources"

  public private(set) var entries: [Entry] = []
  /// Distinct sources of numbers; a source's number is its place from 1.
  public private(set) var sources: [String] = []
  /// Ids that something refers to and that nothing has, and ids that two things have: mistakes of whoever wrote the
  /// document. Renderers print an unknown id as it is.
  public var unresolved: [String] { Set(references).filter { places[$0] == nil }.sorted() }
  public private(set) var duplicates: [String] = []
  private var references: [String] = []
  private var places: [String: Int] = [:]
  private var sourcePlaces: [String: Int] = [:]
  private var counts: [Kind: Int] = [:]

  /// What the document's own words are told in.
  public let language: Language

  public init(_ document: Document, in language: Language = .english) {
    self.language = language
    visit(document.lead)
    for (place, section) in document.sections.enumerated() {
      add(section.id, .section, number: "\(place + 1)", title: section.title)
      visit(section.blocks)
      for (inner, subsection) in section.subsections.enumerated() {
        add(subsection.id, .section, number: "\(place + 1).\(inner + 1)", title: subsection.title)
        visit(subsection.blocks)
      }
    }
    if !sources.isEmpty {
      add(
        Self.sourcesID, .section, number: "\(document.sections.count + 1)",
        title: language("Where the numbers come from"))
    }
  }

  /// What an id stands for, or nil where the document has nothing of that name.
  public subscript(id: String) -> Entry? { places[id].map { entries[$0] } }

  /// The source's number, from 1.
  public func number(ofSource source: String) -> Int? { sourcePlaces[source].map { $0 + 1 } }

  private mutating func add(_ id: String, _ kind: Kind, number: String? = nil, title: String) {
    counts[kind, default: 0] += 1
    guard places[id] == nil else {
      duplicates.append(id)
      return
    }
    places[id] = entries.count
    let number = number ?? "\(counts[kind, default: 1])"
    entries.append(Entry(id: id, kind: kind, number: number, title: title, label: label(kind, number, title)))
  }

  private func label(_ kind: Kind, _ number: String, _ title: String) -> String {
    switch kind {
    case .section: language("Section \(number)")
    case .figure: language("Figure \(number)")
    case .table: language("Table \(number)")
    case .formula: language("Equation \(number)")
    case .citation: "[\(number)]"
    case .other: title
    }
  }

  private mutating func visit(_ blocks: [Block]) { blocks.forEach { visit($0) } }

  private mutating func visit(_ block: Block) {
    switch block {
    case .prose(let prose): visit(prose)
    case .verdict(let verdict):
      for sentence in verdict.sentences {
        visit(sentence.text)
        references += [sentence.evidence].compactMap { $0 }
      }
    case .list(let list): list.items.forEach { visit($0) }
    case .keyValues(let values):
      for entry in values.entries {
        if let id = entry.id { add(id, .other, title: entry.key) }
        visit(entry.value)
        visit(source: entry.source)
      }
    case .table(let table):
      add(table.id, .table, title: table.caption.plainText)
      visit(table.caption)
      table.rows.forEach { $0.cells.forEach { visit($0.text) } }
    case .chart(let chart): add(chart.id, .figure, title: chart.figure.title)
    case .formula(let formula):
      if let id = formula.id {
        add(id, .formula, title: formula.title.isEmpty ? MathText(formula.text).plainText : formula.title)
      }
      formula.symbols.forEach { visit($0.meaning) }
      [formula.reference, formula.remark].compactMap { $0 }.forEach { visit($0) }
    case .code: break
    case .findings(let findings):
      if let id = findings.id { add(id, .other, title: language("Findings")) }
      for item in findings.items {
        visit(item.message)
        visit(item.remedy)
      }
    case .citations(let citations):
      for entry in citations.entries {
        add(entry.id, .citation, title: entry.text.plainText)
        visit(entry.text)
      }
    case .details(let details):
      if let id = details.id { add(id, .other, title: details.summary) }
      visit(details.blocks)
    case .note(let note): visit(note.text)
    }
  }

  private mutating func visit(_ prose: Prose) {
    for run in prose.runs {
      switch run {
      case .number(_, let source): visit(source: source)
      case .reference(let id), .link(_, let id): references.append(id)
      case .text, .emphasis, .strong, .code, .formula, .externalLink: break
      }
    }
  }

  private mutating func visit(source: String) {
    guard !source.isEmpty, sourcePlaces[source] == nil else { return }
    sourcePlaces[source] = sources.count
    sources.append(source)
  }
}
