/// Which face a text is set in; the theme names the family.
public enum FontRole: String, Sendable, Hashable, Codable {
  case text, bold, italic, mono
}
