/// A word of this tool or its field, explained once: `explain`, the methods' pages and the site's glossary ask this list.
struct GlossaryTerm: Sendable {
  /// As it is written in the middle of a sentence.
  let name: String
  /// Other spellings.
  let aliases: [String]
  let meaning: String
  /// Names of other terms.
  let related: [String]

  init(_ name: String, aliases: [String] = [], _ meaning: String, related: [String] = []) {
    self.name = name
    self.aliases = aliases
    self.meaning = meaning
    self.related = related
  }

  static func named(_ name: String) -> GlossaryTerm? {
    let name = name.lowercased()
    return all.first { term in term.name.lowercased() == name || term.aliases.contains { $0.lowercased() == name } }
  }
}
