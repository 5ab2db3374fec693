import RopeConfig
import RopeJSON

extension RunOption {
  /// Options of a command line: `--key value`, `--key=value`, `-c 8192`, `KEY=VALUE`; quotes as a shell reads them.
  static func parse(commandLine text: String?) -> [RunOption] {
    guard let text else { return [] }
    return parse(words: SourceText(bytes: Array(text.utf8)), kind: .commandLine)
  }

  static func parse(words source: SourceText, kind: Kind) -> [RunOption] {
    let words = words(source.bytes)
    var options: [RunOption] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      let isFlag = word.text.hasPrefix("-") && Double(word.text) == nil && word.text.count > 1
      let name = word.text.drop { $0 == "-" }
      if let equals = name.firstIndex(of: "="), equals != name.startIndex {
        let key = String(name[..<equals])
        guard key.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else { continue }
        let value = String(name[name.index(after: equals)...])
        options.append(option(kind, key, String(word.text.prefix { $0 != "=" }), value, word.bytes, source))
      } else if isFlag {
        let takesValue = index < words.count && (!words[index].text.hasPrefix("-") || Double(words[index].text) != nil)
        if takesValue {
          let bytes = word.bytes.lowerBound..<words[index].bytes.upperBound
          options.append(option(kind, String(name), word.text, words[index].text, bytes, source))
          index += 1
        } else {
          options.append(
            RunOption(kind: kind, path: String(name), spelling: word.text, node: JSONNode(value: .bool(true), bytes: word.bytes), source: source))
        }
      }
    }
    return options
  }

  private static func option(
    _ kind: Kind, _ key: String, _ spelling: String, _ value: String, _ bytes: Range<Int>, _ source: SourceText
  ) -> RunOption {
    let lower = value.lowercased()
    let meaning: JSONNode.Value
    if let number = Double(value), number.isFinite {
      meaning = .number(number, literal: value)
    } else if lower == "true" || lower == "false" {
      meaning = .bool(lower == "true")
    } else if lower == "null" || lower == "none" {
      meaning = .null
    } else {
      meaning = .string(value)
    }
    return RunOption(kind: kind, path: key, spelling: spelling, node: JSONNode(value: meaning, bytes: bytes), source: source)
  }

  private struct Word {
    var text: String
    var bytes: Range<Int>
  }

  /// Words outside comments; a backslash continues a line.
  private static func words(_ bytes: [UInt8]) -> [Word] {
    var words: [Word] = []
    var current: [UInt8] = []
    var start: Int?
    var quote: UInt8?
    var index = 0
    func finish(_ end: Int) {
      if let first = start { words.append(Word(text: String(decoding: current, as: UTF8.self), bytes: first..<end)) }
      current = []
      start = nil
    }
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open {
          quote = nil
        } else if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\""), index + 1 < bytes.count {
          index += 1
          current.append(bytes[index])
        } else {
          current.append(byte)
        }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        start = start ?? index
      } else if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        finish(index)
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        if bytes[index] != 0x0A, bytes[index] != 0x0D {
          start = start ?? index - 1
          current.append(bytes[index])
        }
      } else if byte == UInt8(ascii: "#"), start == nil {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      } else {
        start = start ?? index
        current.append(byte)
      }
      index += 1
    }
    finish(bytes.count)
    return words
  }
}
