extension Escaping {
  /// A value on one line: what cannot be seen is spelt, `\n`, `\t`, `\u{1b}`, `\u{202e}`, and nothing is an order to
  /// the service that keeps the log.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return disarmed(text) }
    return disarmed(map(text) { isHidden($0) ? spelling($0) : nil })
  }

  /// Lines for a terminal or a log: line ends and tabs stay, all else that cannot be seen is spelt.
  package static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isHidden($0) && $0 != "\n" && $0 != "\t" }) else {
      return disarmed(text)
    }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      let isPlace = scalar == "\n" || scalar == "\t" || scalar == "\r" && rest.first == "\n"
      if isPlace || !isHidden(scalar) { result.unicodeScalars.append(scalar) } else { result += spelling(scalar) }
    }
    return disarmed(result)
  }

  /// GitHub's runner obeys what stands behind `::` at the beginning of a line of any output, and behind `##[` in its
  /// middle; a backslash breaks both.
  private static func disarmed(_ text: String) -> String {
    guard text.utf8.containsPair(UInt8(ascii: ":")) || text.utf8.containsPair(UInt8(ascii: "#")) else { return text }
    var result = String.UnicodeScalarView()
    var isStart = true
    var hashes = 0
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if isStart && scalar == ":" && rest.first == ":" || hashes >= 2 && scalar == "[" { result.append("\\") }
      result.append(scalar)
      hashes = scalar == "#" ? hashes + 1 : 0
      isStart = scalar == "\n" || isStart && scalar.properties.isWhitespace
    }
    return String(result)
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

extension String.UTF8View {
  func containsPair(_ byte: UInt8) -> Bool {
    var isSecond = false
    for other in self {
      if other == byte, isSecond { return true }
      isSecond = other == byte
    }
    return false
  }
}
