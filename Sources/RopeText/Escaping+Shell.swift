extension Escaping {
  /// A word for bash, quoted where it holds anything but plain characters. What cannot be seen is written as bytes
  /// between `$'` and `'`, which the shell turns back.
  package static func shellWord(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return posixWord(text) }
    let word = map(text) { scalar in
      switch scalar {
      case "'", "\\": "\\\(scalar)"
      default:
        isHidden(scalar)
          ? String(scalar).utf8.map { "\\x" + ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined() : nil
      }
    }
    return "$'\(word)'"
  }

  /// A word in the recipe of a makefile, which any POSIX shell runs; nil where a control character would end the line.
  package static func makeWord(_ text: String) -> String? {
    guard !text.unicodeScalars.contains(where: isControl) else { return nil }
    return map(posixWord(text)) { $0 == "$" ? "$$" : nil }
  }

  private static func posixWord(_ text: String) -> String {
    guard text.isEmpty || !text.unicodeScalars.allSatisfy(isPlain) else { return text }
    return "'" + map(text) { $0 == "'" ? "'\\''" : nil } + "'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "=", ",", "+", "%", "@": true
    default: false
    }
  }
}
