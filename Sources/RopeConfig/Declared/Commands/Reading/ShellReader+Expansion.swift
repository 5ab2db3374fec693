extension ShellReader {
  enum Expansion {
    case text(ShellWord)
    case words([ShellWord])
  }

  /// What a `$` here stands for; nil where only a running shell knows. Moves behind it either way.
  mutating func expansion() -> Expansion? {
    let start = index
    index += 1
    if follows("((") { return arithmetic(start) }
    switch current {
    case UInt8(ascii: "("):
      skipBrackets("(", ")")
      return output(of: input.part(start + 2..<max(start + 2, index - 1)))
    case UInt8(ascii: "{"):
      let open = index + 1
      skipBrackets("{", "}")
      return braced(open..<max(open, index - 1))
    case let byte? where byte == UInt8(ascii: "_") || UnicodeScalar(byte).properties.isAlphabetic && byte < 0x80:
      let first = index
      while let byte = current, isNamePart(byte) { index += 1 }
      return variables[String(decoding: input.bytes[first..<index], as: UTF8.self)].map { .text($0) }
    case let byte? where "@*#?$!0123456789-".utf8.contains(byte):
      index += 1
      return variables[String(decoding: [byte], as: UTF8.self)].map { .text($0) }
    default: return .text(ShellWord(content: input.part(start..<index), bytes: input.span(start..<index)))
    }
  }

  private func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_")
      || byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte))
  }

  private mutating func skipBrackets(_ open: Character, _ close: Character) {
    guard let open = open.asciiValue, let close = close.asciiValue else { return }
    var depth = 0
    while let byte = current {
      index += 1
      if byte == open { depth += 1 }
      if byte == close {
        depth -= 1
        if depth == 0 { return }
      }
    }
  }

  /// `$(cat <<'EOF' …)`: the text itself; of `$(realpath NAME)` the name.
  private func output(of command: PlacedText) -> Expansion? {
    if level < Self.deepest, ["realpath ", "readlink ", "echo "].contains(where: { command.text.hasPrefix($0) }),
      case let script = ShellReader.read(command, variables: variables, level: level + 1).commands, script.count == 1,
      case let names = script[0].words.dropFirst().filter({ !$0.isFlag }), names.count == 1
    {
      return .text(names[0])
    }
    guard level < Self.deepest, command.bytes.starts(with: "cat <<".utf8),
      case let script = ShellReader.read(command, level: level + 1).commands, script.count == 1,
      let text = script[0].hereDocuments.first?.content
    else { return nil }
    let content = text.part(0..<text.bytes.count - (text.bytes.last == 0x0A ? 1 : 0))
    return .text(ShellWord(content: content, bytes: command.span, isUnknown: content.bytes.contains(UInt8(ascii: "$"))))
  }

  /// `${NAME}`, `${NAME:-default}`, `${NAME[@]}`.
  private mutating func braced(_ range: Range<Int>) -> Expansion? {
    var end = range.lowerBound
    while end < range.upperBound, isNamePart(input.bytes[end]) { end += 1 }
    let name = String(decoding: input.bytes[range.lowerBound..<end], as: UTF8.self)
    let operation = String(decoding: input.bytes[end..<range.upperBound], as: UTF8.self)
    guard !name.isEmpty else { return nil }
    if operation == "[@]" || operation == "[*]" { return arrays[name].map { .words($0) } }
    let isDefault = [":-", ":=", "-", "="].contains(where: operation.hasPrefix)
    // What only a running shell knows gives way to the default that is written.
    if let known = variables[name], isDefault ? !known.isUnknown : operation.isEmpty || operation.hasPrefix(":?") {
      return .text(known)
    }
    guard isDefault, level < Self.deepest else { return nil }
    let content = input.part(end + (operation.hasPrefix(":") ? 2 : 1)..<range.upperBound)
    var reader = ShellReader(content, variables: variables, level: level + 1)
    let words = reader.words()
    guard var word = words.first, words.count == 1 else {
      return words.isEmpty ? .text(ShellWord(content: content, bytes: content.span)) : nil
    }
    if word.text != content.text, reader.index < content.bytes.count { word.isUnknown = true }
    if operation.hasPrefix(":=") || operation.hasPrefix("=") { variables[name] = word }
    return .text(word)
  }

  /// `$((1024 * 32))`.
  private mutating func arithmetic(_ start: Int) -> Expansion? {
    skipBrackets("(", ")")
    let inside = max(start + 3, index - 2)
    guard start + 3 <= inside,
      let value = ShellArithmetic.value(of: input.bytes[start + 3..<inside], variables: variables)
    else { return nil }
    let content = PlacedText(String(value), at: input.origins[start])
    return .text(ShellWord(content: content, bytes: input.span(start..<index)))
  }
}
