import RopeMath
import RopeText

/// The sources of a document, each once, in the order in which they were added; texts cite them by number.
struct ReferenceList {
  private(set) var entries: [Block.Citations.Entry] = []
  private var ids: Set<String> = []

  /// Where the list holds a source, the place in it included: `[3], eq. 23`.
  static func citation(_ reference: Reference, in language: Language) -> [Inline] {
    [.reference(id(reference))]
      + (reference.place.map { [.text(language(", \(language(foreign: $0))"))] } ?? [])
  }

  /// Citations with semicolons between them.
  static func citations(_ references: [Reference], in language: Language) -> [Inline] {
    references.enumerated().flatMap {
      ($0 > 0 ? [.text(language("; "))] : []) + citation($1, in: language)
    }
  }

  mutating func add(_ references: [Reference]) {
    for reference in references {
      let id = Self.id(reference)
      guard ids.insert(id).inserted else { continue }
      entries.append(Block.Citations.Entry(id: id, Prose(Self.text(reference)), address: reference.url))
    }
  }

  /// Authors, title, source and year as far as they are known; at most three authors.
  private static func text(_ reference: Reference) -> String {
    guard let paper = reference.paper else { return "\(reference.title), \(reference.source)" }
    let named = paper.authors.filter { $0 != "others" }.prefix(3)
    let authors = named.joined(separator: ", ") + (named.count < paper.authors.count ? " et al." : "")
    return (authors.isEmpty ? "" : authors + ": ") + "\(paper.title). \(paper.source), \(paper.year)"
  }

  /// Files of a program are told apart by their name, papers by their source.
  private static func id(_ reference: Reference) -> String {
    let isPaper = reference.paper != nil
    let name = isPaper ? reference.source : reference.title + "-" + reference.source
    return Escaping.identifier("ref-" + name.lowercased())
  }
}
