/// A run of a paragraph. All strings are plain text: renderers escape them.
public enum Inline: Sendable, Hashable, Codable {
  case text(String)
  case emphasis(String)
  case strong(String)
  case code(String)
  /// Plain-text mathematics; `MathText` says how it is written.
  case formula(String)
  /// “Figure 3”, “Table 1”, “Section 4”, “[2]”: the number of the block, section or citation with this id, as a link.
  case reference(String)
  /// Own words as a link to a block, section or citation of this document.
  case link(String, id: String)
  /// Words as a link to a place outside.
  case externalLink(String, address: String)
  /// A number with where it comes from: formula, paper, config line.
  case number(String, source: String)
}
