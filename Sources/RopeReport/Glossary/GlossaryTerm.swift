/// A word of this tool or its field, explained once: `explain`, reports, the methods' pages and the site's
/// glossary ask this list.
public struct GlossaryTerm: Sendable {
  /// As it is written in the middle of a sentence.
  public let name: String
  /// Other spellings.
  public let aliases: [String]
  public let meaning: String
  /// Names of other terms.
  public let related: [String]

  init(_ name: String, aliases: [String] = [], _ meaning: String, related: [String] = []) {
    self.name = name
    self.aliases = aliases
    self.meaning = meaning
    self.related = related
  }

  public static func named(_ name: String) -> GlossaryTerm? {
    let name = name.lowercased()
    return all.first { term in term.name.lowercased() == name || term.aliases.contains { $0.lowercased() == name } }
  }
}
