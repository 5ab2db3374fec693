import RopeMath
import RopeText

/// The sources of a document, each once, in the order in which they were added; texts cite them by number.
struct ReferenceList {
  private(set) var entries: [Block.Citations.Entry] = []
  private var ids: Set<String> = []

  /// Where the list holds a source, the place in it included: `[3], eq. 23`.
  static func citation(_ reference: Reference, in language: Language) -> [Inline] {
    [.reference(id(reference))] + (reference.place.map { [.text(language(", \(place($0, in: language))"))] } ?? [])
  }

  /// `§2.3, theorem 2.1, figure 2` as the language counts them.
  private static func place(_ text: String, in language: Language) -> String {
    language.names(
      text.split(separator: ", ").map { part in
        let words = part.split(separator: " ", maxSplits: 1)
        guard let word = words.first, words.count == 2 else { return language(foreign: String(part)) }
        let number = String(words[1])
        switch word {
        case "eq.": return language("eq. \(number)")
        case "fig.": return language("fig. \(number)")
        case "figure": return language("figure \(number)")
        case "table": return language("table \(number)")
        case "theorem": return language("theorem \(number)")
        default: return language(foreign: String(part))
        }
      })
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
    let stop = paper.title.last?.isPunctuation == true ? "" : "."
    return (authors.isEmpty ? "" : authors + ": ") + "\(paper.title)\(stop) \(paper.source), \(paper.year)"
  }

  /// Files of a program are told apart by their name, papers by their source.
  private static func id(_ reference: Reference) -> String {
    let isPaper = reference.paper != nil
    let name = isPaper ? reference.source : reference.title + "-" + reference.source
    return Escaping.identifier("ref-" + name.lowercased())
  }
}
