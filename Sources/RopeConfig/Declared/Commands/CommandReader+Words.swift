import RopeJSON

/// Commands that a Python file hands to the system.
extension CommandReader {
  /// Lists of words: `subprocess.run(["vllm", "serve", …])`.
  mutating func readWordLists(_ code: PlacedText, _ scanner: PythonScanner) {
    var scanner = scanner
    var index = 0
    while let open = code.bytes[index...].firstIndex(of: UInt8(ascii: "[")) {
      index = open + 1
      var start = PythonLiteral(code.bytes, from: index)
      start.skipSpace()
      guard let quote = start.current, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { continue }
      let (elements, end) = scanner.list(at: open)
      guard elements.count > 1, elements.allSatisfy({ $0.name.isEmpty && $0.node.members == nil }) else { continue }
      index = end
      let words = elements.map { element in
        let place = code.span(element.bytes)
        let text = element.node.string ?? element.node.literal ?? ""
        return ShellWord(
          content: PlacedText(text, writtenIn: source.bytes, place), bytes: place, isUnknown: element.isUnknown)
      }
      read(ShellCommand(words: words), environment: [], version: nil, container: "python", faults: [])
    }
  }

  /// Texts: `os.system("vllm serve …")`, `cmd = f"vllm serve {model}"`. A text that is no value, such as a docstring, is
  /// none.
  mutating func readTexts(_ code: PlacedText, _ names: [String: JSONNode.Value]) {
    let bytes = code.bytes
    var index = 0, last: UInt8 = 0, name = ""
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "#"): while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        let isValue = "=(,[+".utf8.contains(last) && !Self.isTelling(name)
        var text = PlacedText()
        index = Self.appendText(at: index, of: code, names, to: &text)
        // Texts side by side are one.
        while let next = Self.nextQuote(bytes, index) { index = Self.appendText(at: next, of: code, names, to: &text) }
        if isValue, text.bytes.contains(0x20) {
          readScript(
            PlacedText(text.bytes, text.origins.map { code.origins[$0] }), container: "python", readsLoose: false)
        }
        last = byte
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case _ where PythonScanner.isName(byte):
        let start = index
        while index < bytes.count, PythonScanner.isName(bytes[index]) { index += 1 }
        // The letters in front of a text are a part of it.
        guard index < bytes.count, index - start <= 2, bytes[index] == 0x22 || bytes[index] == 0x27 else {
          name = String(decoding: bytes[start..<index], as: UTF8.self)
          last = byte
          continue
        }
      default:
        last = byte
        index += 1
      }
    }
  }

  /// Whether what follows a name is for people: `print(…)`, `help=…`.
  private static func isTelling(_ name: String) -> Bool {
    ["print", "help", "description", "epilog", "info", "debug", "warning", "error", "critical", "log", "write"]
      .contains(
        name) || name.hasSuffix("Error")
  }

  private static func nextQuote(_ bytes: [UInt8], _ index: Int) -> Int? {
    var index = index
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D, 0x66, 0x72].contains(bytes[index]) { index += 1 }
    return index < bytes.count && (bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\""))
      ? index : nil
  }

  /// Adds a text, `{name}` of a formatted one replaced by what it holds; where it ends.
  private static func appendText(
    at start: Int, of code: PlacedText, _ names: [String: JSONNode.Value], to text: inout PlacedText
  ) -> Int {
    var literal = PythonLiteral(code.bytes, from: start)
    guard let content = literal.string() else { return start + 1 }
    let range = start + 1..<max(start + 2, literal.index)
    var placed = PlacedText(content, writtenIn: code.bytes, start + 1..<min(range.upperBound, code.bytes.count))
    if start > 0, code.bytes[start - 1] | 0x20 == UInt8(ascii: "f") { placed = formatted(placed, names) }
    text.append(placed)
    return max(literal.index, start + 1)
  }

  private static func formatted(_ text: PlacedText, _ names: [String: JSONNode.Value]) -> PlacedText {
    var result = PlacedText(), index = 0
    let bytes = text.bytes
    while index < bytes.count {
      let isDouble = index + 1 < bytes.count && bytes[index + 1] == bytes[index]
      if (bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "}")) && isDouble {
        result.append(bytes[index], from: text.origins[index])
        index += 2
      } else if bytes[index] == UInt8(ascii: "{"), let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) {
        var literal = PythonLiteral(Array(bytes[index + 1..<end]), names: names)
        let value = literal.value().flatMap { $0.string ?? $0.literal }
        // What only runs is to a shell a variable without a value.
        result.append(PlacedText(value ?? "${_}", at: text.origins[index]))
        index = end + 1
      } else {
        result.append(bytes[index], from: text.origins[index])
        index += 1
      }
    }
    return result
  }
}
