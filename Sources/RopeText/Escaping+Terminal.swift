extension Escaping {
  /// A value on one line: what cannot be seen is spelt, `\n`, `\t`, `\u{1b}`, `\u{202e}`.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return map(text) { isHidden($0) ? spelling($0) : nil }
  }

  /// Lines for a terminal or a log: line ends and tabs stay, all else that cannot be seen is spelt.
  package static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isHidden($0) && $0 != "\n" && $0 != "\t" }) else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      let isPlace = scalar == "\n" || scalar == "\t" || scalar == "\r" && rest.first == "\n"
      if isPlace || !isHidden(scalar) { result.unicodeScalars.append(scalar) } else { result += spelling(scalar) }
    }
    return result
  }

  private static func spelling(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
}
