extension ShellReader {
  /// A word being read; an expansion without quotes may make several of it.
  private struct Building {
    var content = PlacedText()
    var start: Int
    var isUnknown = false
    var isStarted = false
    var done: [ShellWord] = []

    init(start: Int) { self.start = start }

    /// Whether `NAME=` stands in front.
    var isAssignment: Bool {
      done.isEmpty && ShellWord(content: content, bytes: 0..<0).assignment != nil
    }

    mutating func finish(at end: Int) {
      guard isStarted || !content.isEmpty else { return }
      done.append(ShellWord(content: content, bytes: start..<max(start, end), isUnknown: isUnknown))
      content = PlacedText()
      isUnknown = false
      isStarted = false
    }
  }

  private func origin(_ index: Int) -> Int {
    if index < input.origins.count { return input.origins[index] }
    return (input.origins.last ?? -1) + 1
  }

  private static let ends: Set<UInt8> = Set(" \t\r\n;&|<>()".utf8)

  /// The word that begins here, with what expands in it.
  mutating func words() -> [ShellWord] {
    var word = Building(start: origin(index))
    while let byte = current {
      switch byte {
      case UInt8(ascii: "(") where isArray(word.content):
        let name = word.content.text.dropLast(word.content.text.hasSuffix("+=") ? 2 : 1)
        let isAdded = word.content.text.hasSuffix("+=")
        index += 1
        let elements = array()
        arrays[String(name)] = (isAdded ? arrays[String(name)] ?? [] : []) + elements
        return []
      case _ where Self.ends.contains(byte):
        word.finish(at: lastOrigin + 1)
        return word.done
      case UInt8(ascii: "\\"):
        index += 1
        guard let next = current else { break }
        if next == 0x0A || follows("\r\n") {
          index += next == 0x0A ? 1 : 2
        } else {
          word.content.append(next, from: origin(index))
          index += 1
        }
      case UInt8(ascii: "'"): singleQuoted(&word)
      case UInt8(ascii: "\""): doubleQuoted(&word)
      case UInt8(ascii: "$"): expand(&word, isQuoted: false)
      case UInt8(ascii: "`"):
        word.isUnknown = true
        let start = index
        index += 1
        while let byte = current, byte != UInt8(ascii: "`") { index += 1 }
        index = min(index + 1, input.bytes.count)
        word.content.append(input.part(start..<index))
      case UInt8(ascii: "{") where isTemplate: template(&word)
      default:
        word.content.append(byte, from: origin(index))
        index += 1
      }
    }
    word.finish(at: lastOrigin + 1)
    return word.done
  }

  private var lastOrigin: Int { index > 0 ? origin(index - 1) : origin(0) - 1 }

  private func isArray(_ content: PlacedText) -> Bool {
    let text = content.text
    guard text.hasSuffix("="), let first = text.first, first.isLetter || first == "_" else { return false }
    return text.dropLast(text.hasSuffix("+=") ? 2 : 1).allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  private mutating func array() -> [ShellWord] {
    var elements: [ShellWord] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: ")"):
        index += 1
        return elements
      case UInt8(ascii: "#"): skipLine()
      case _ where follows("\\\n"): index += 2
      case _ where Self.ends.contains(byte): index += 1
      default: elements += words()
      }
    }
    return elements
  }

  // MARK: Quotes

  private mutating func singleQuoted(_ word: inout Building) {
    let start = index
    word.isStarted = true
    index += 1
    while let byte = current, byte != UInt8(ascii: "'") {
      if byte == UInt8(ascii: "{"), isTemplate {
        template(&word)
      } else {
        word.content.append(byte, from: origin(index))
        index += 1
      }
    }
    close("'", start)
  }

  private mutating func doubleQuoted(_ word: inout Building) {
    let start = index
    word.isStarted = true
    index += 1
    while let byte = current, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"):
        let next = index + 1 < input.bytes.count ? input.bytes[index + 1] : 0
        if next == 0x0A {
          index += 2
        } else if "$`\"\\".utf8.contains(next) {
          word.content.append(next, from: origin(index + 1))
          index += 2
        } else {
          word.content.append(byte, from: origin(index))
          index += 1
        }
      case UInt8(ascii: "$"): expand(&word, isQuoted: true)
      case UInt8(ascii: "{") where isTemplate: template(&word)
      default:
        word.content.append(byte, from: origin(index))
        index += 1
      }
    }
    close("\"", start)
  }

  private mutating func close(_ quote: String, _ start: Int) {
    if current == nil {
      faults.append(CommandFault(message: "the quote \(quote) is not closed", bytes: origin(start)..<origin(start) + 1))
    } else {
      index += 1
    }
  }

  // MARK: Templates

  /// `{{ .Values.length }}`, `{{MODEL}}`; not the braces of nested objects.
  private var isTemplate: Bool {
    guard follows("{{") else { return false }
    let rest = input.bytes[(index + 2)...].drop { $0 == 0x20 || $0 == UInt8(ascii: "-") }
    guard let first = rest.first else { return false }
    return first == UInt8(ascii: ".") || first == UInt8(ascii: "$") || UnicodeScalar(first).properties.isAlphabetic
  }

  private mutating func template(_ word: inout Building) {
    word.isUnknown = true
    let start = index
    while index < input.bytes.count, !follows("}}") { index += 1 }
    index = min(index + 2, input.bytes.count)
    word.content.append(input.part(start..<index))
  }

  // MARK: Expansions

  private mutating func expand(_ word: inout Building, isQuoted: Bool) {
    let start = index
    switch expansion() {
    // What doubles itself in a loop is no value.
    case .text(let value)? where word.content.bytes.count + value.content.bytes.count > Self.longest:
      word.isUnknown = true
    case .text(let value)?:
      // Neither quotes nor an assignment let blanks part a value.
      guard !isQuoted && !word.isAssignment else {
        word.content.append(value.content)
        word.isUnknown = word.isUnknown || value.isUnknown
        return
      }
      split(value, into: &word)
    case .words(let values)?:
      for value in values {
        word.finish(at: origin(start))
        word.done.append(value)
      }
    case nil:
      index = max(index, start + 1)
      word.isUnknown = true
      word.content.append(input.part(start..<index))
    }
  }

  /// Without quotes, blanks in a variable's value part words.
  private func split(_ value: ShellWord, into word: inout Building) {
    word.isUnknown = word.isUnknown || value.isUnknown
    var position = 0
    let bytes = value.content.bytes
    while position < bytes.count {
      if bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x09 {
        word.finish(at: value.content.span(0..<position).upperBound)
        word.start = value.content.span(min(position + 1, bytes.count - 1)..<bytes.count).lowerBound
      } else {
        if word.content.isEmpty, !word.isStarted, !word.done.isEmpty { word.start = value.content.origins[position] }
        word.content.append(bytes[position], from: value.content.origins[position])
      }
      position += 1
    }
  }
}
