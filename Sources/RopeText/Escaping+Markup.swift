extension Escaping {
  /// Text of HTML, in content and in quoted attributes alike: markup characters as entities; controls other than line
  /// ends and tabs, marks of direction and noncharacters are dropped.
  package static func html(_ text: String) -> String {
    map(text) { $0 == "\n" || $0 == "\t" ? nil : markup($0) }
  }

  /// The same for SVG, where a text stands on one line.
  package static func svg(_ text: String) -> String {
    map(text) { $0 == "\n" || $0 == "\t" ? " " : markup($0) }
  }

  /// Text of an XML document that people and logs read: what cannot be seen, or may not stand in XML, is spelt.
  package static func xml(_ text: String) -> String { map(visible(text), markup) }

  private static func markup(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: isControl(scalar) || isDirectional(scalar) || isNoncharacter(scalar) ? "" : nil
    }
  }
}
