import RopeText

/// Scripts of Windows' shells, rewritten as a POSIX shell would have them; every byte keeps its place.
enum WindowsScript {
  /// `cmd`: `^` continues a line, `%NAME%` is a variable, single quotes are none.
  case batch
  /// A backtick continues a line, `$env:NAME` is a variable of the environment.
  case powerShell

  func shellText(_ script: PlacedText) -> PlacedText {
    let mark = UInt8(ascii: self == .batch ? "^" : "`")
    var joined = PlacedText()
    var index = 0
    let bytes = script.bytes
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      let afterNext = index + 2 < bytes.count ? bytes[index + 2] : 0
      if bytes[index] == mark, next == 0x0A || next == 0x0D && afterNext == 0x0A {
        joined.append(0x20, from: script.origins[index])
        index += next == 0x0A ? 2 : 3
      } else {
        // Folders are parted by backslashes, which escape nothing but a quote.
        let isFolder = bytes[index] == UInt8(ascii: "\\") && next != UInt8(ascii: "\"")
        joined.append(isFolder ? UInt8(ascii: "/") : bytes[index], from: script.origins[index])
        index += 1
      }
    }
    var result = PlacedText()
    for line in joined.lines { result.append(self.line(line)) }
    return result
  }

  private func line(_ line: PlacedText) -> PlacedText {
    let indent = line.bytes.prefix { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "@") }.count
    let text = line.text.dropFirst(indent).lowercased()
    switch self {
    case .batch:
      if text.hasPrefix("rem ") || text.hasPrefix("::") { return PlacedText("\n", at: line.origins.last ?? 0) }
      let rest = expanded(line.part(indent..<line.bytes.count))
      return text.hasPrefix("set ") ? assignment(rest.part(4..<max(4, rest.bytes.count))) : rest
    case .powerShell:
      guard text.hasPrefix("$"), let equals = line.bytes.firstIndex(of: UInt8(ascii: "=")) else {
        return expanded(line)
      }
      let start = indent + (text.hasPrefix("$env:") ? 5 : 1)
      guard start <= equals else { return expanded(line) }
      var result = PlacedText()
      for index in start..<equals where line.bytes[index] != 0x20 {
        result.append(line.bytes[index], from: line.origins[index])
      }
      let value = line.part(equals..<line.bytes.count)
      let blanks = value.bytes.dropFirst().prefix { $0 == 0x20 }.count
      result.append(value.part(0..<1))
      result.append(expanded(value.part(1 + blanks..<value.bytes.count)))
      return result
    }
  }

  /// `NAME=a b` as one word.
  private func assignment(_ text: PlacedText) -> PlacedText {
    guard let equals = text.bytes.firstIndex(of: UInt8(ascii: "=")) else { return text }
    let end = text.bytes.lastIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }.map { $0 + 1 } ?? text.bytes.count
    guard equals + 1 <= end, text.bytes.first != UInt8(ascii: "\"") else { return text }
    var result = text.part(0..<equals + 1)
    result.append(UInt8(ascii: "\""), from: text.origins[equals])
    result.append(text.part(equals + 1..<end))
    result.append(PlacedText("\"\n", at: text.origins[equals]))
    return result
  }

  /// Variables as a POSIX shell writes them.
  private func expanded(_ text: PlacedText) -> PlacedText {
    var result = PlacedText()
    var index = 0
    let bytes = text.bytes
    while index < bytes.count {
      let origin = text.origins[index]
      if self == .batch, bytes[index] == UInt8(ascii: "%"),
        let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "%")), end > index + 1,
        bytes[index + 1..<end].allSatisfy({
          $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
        })
      {
        result.append(PlacedText("${", at: origin))
        result.append(text.part(index + 1..<end))
        result.append(PlacedText("}", at: origin))
        index = end + 1
      } else if self == .powerShell, bytes[index...].starts(with: "$env:".utf8) {
        result.append(UInt8(ascii: "$"), from: origin)
        index += 5
      } else {
        // To `cmd` a single quote is a character like others.
        if self == .batch, bytes[index] == UInt8(ascii: "'") { result.append(UInt8(ascii: "\\"), from: origin) }
        result.append(bytes[index], from: origin)
        index += 1
      }
    }
    return result
  }
}
