extension Escaping {
  /// Plain text as content of Typst: what is markup there is written out.
  package static func typst(_ text: String) -> String {
    map(text) { scalar in
      switch scalar {
      case "\\", "*", "_", "`", "$", "#", "[", "]", "<", ">", "@", "~", "/", "=", "+", "-", "\"", "'": "\\\(scalar)"
      case "\n", "\t": " "
      default: isControl(scalar) || isDirectional(scalar) || isNoncharacter(scalar) ? "" : nil
      }
    }
  }
}
