/// One part of a dotted key.
struct TOMLKey {
  let text: String
  /// Quotes included.
  let bytes: Range<Int>

  var short: Substring { text.prefix(40) }
}

/// The words of a TOML text, one after the other.
struct TOMLScanner {
  let source: SourceText
  var offset: Int

  init(_ source: SourceText) {
    self.source = source
    offset = source.start
  }

  var current: UInt8? { byte(0) }

  func byte(_ ahead: Int) -> UInt8? {
    offset + ahead < source.bytes.count ? source.bytes[offset + ahead] : nil
  }

  func starts(with text: String) -> Bool { source.bytes[offset...].starts(with: text.utf8) }

  func fail(_ message: String, at place: Int? = nil) -> ConfigurationError {
    source.error(.malformed, "not TOML: " + message, at: place ?? offset)
  }

  // MARK: White space

  mutating func skipSpace() { while current == 0x20 || current == 0x09 { offset += 1 } }

  /// A line's end, where one stands here.
  mutating func skipBreak() -> Bool {
    if current == 0x0A {
      offset += 1
    } else if current == 0x0D, byte(1) == 0x0A {
      offset += 2
    } else {
      return false
    }
    return true
  }

  private mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte >= 0x20 && byte != 0x7F || byte == 0x09 { offset += 1 }
  }

  /// Moves to the next word, over lines and comments; whether there is one.
  mutating func skipBlank() -> Bool {
    repeat {
      skipSpace()
      skipComment()
    } while skipBreak()
    return current != nil
  }

  /// What stands behind a table's name or a value: nothing but a comment.
  mutating func endLine() throws(ConfigurationError) {
    skipSpace()
    skipComment()
    guard current == nil || skipBreak() else { throw fail("expected the end of the line\(found)") }
  }

  /// A character, white space before it left aside.
  mutating func expect(_ character: Unicode.Scalar, _ expected: String) throws(ConfigurationError) {
    skipSpace()
    guard current == UInt8(ascii: character) else { throw fail("expected \(expected)\(found)") }
    offset += 1
  }

  /// What stands here instead.
  var found: String {
    switch current {
    case nil: ", but the file ends"
    case 0x0A, 0x0D: ", but the line ends"
    case let byte?: byte < 0x80 ? ", not “\(JSONReader.printable(byte))”" : ""
    }
  }

  // MARK: Keys

  /// `a."b c".d`.
  mutating func key() throws(ConfigurationError) -> [TOMLKey] {
    var parts: [TOMLKey] = []
    repeat {
      if !parts.isEmpty { offset += 1 }
      skipSpace()
      guard parts.count < JSONParser.depthLimit else {
        throw fail("a key has more than \(JSONParser.depthLimit) parts")
      }
      let start = offset
      let text =
        switch current {
        case UInt8(ascii: "\""): try basic()
        case UInt8(ascii: "'"): try literal()
        default: bare()
        }
      guard offset > start else {
        throw fail("expected a key of letters, digits, “-” and “_”, or one in quotes\(found)")
      }
      parts.append(TOMLKey(text: text, bytes: start..<offset))
      skipSpace()
    } while current == UInt8(ascii: ".")
    return parts
  }

  private mutating func bare() -> String {
    let start = offset
    while let byte = current {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        offset += 1
      default: return text(from: start)
      }
    }
    return text(from: start)
  }

  func text(from start: Int) -> String { String(decoding: source.bytes[start..<offset], as: UTF8.self) }
}
