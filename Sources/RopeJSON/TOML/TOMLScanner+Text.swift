extension TOMLScanner {
  /// `"…"`.
  mutating func basic() throws(ConfigurationError) -> String { try quoted(UInt8(ascii: "\""), long: false) }

  /// `'…'`.
  mutating func literal() throws(ConfigurationError) -> String { try quoted(UInt8(ascii: "'"), long: false) }

  /// A text of any of the four kinds.
  mutating func anyText() throws(ConfigurationError) -> String {
    let quote = current ?? 0
    return try quoted(quote, long: byte(1) == quote && byte(2) == quote)
  }

  private mutating func quoted(_ quote: UInt8, long: Bool) throws(ConfigurationError) -> String {
    let start = offset
    offset += long ? 3 : 1
    // The line that begins the text may be left empty.
    if long { _ = skipBreak() }
    var units: [UInt8] = []
    while let byte = current {
      if byte == quote, !long || closes(quote) {
        // Two more quotes may stand before the three that close.
        for _ in 0..<2 where long && self.byte(3) == quote {
          units.append(quote)
          offset += 1
        }
        offset += long ? 3 : 1
        return String(decoding: units, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        offset += 1
        units += try escaped(long: long)
      } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
        units.append(byte)
        offset += 1
      } else if long, case let mark = offset, skipBreak() {
        units += source.bytes[mark..<offset]
      } else if byte == 0x0A || byte == 0x0D {
        break
      } else {
        throw fail(
          "a text holds a control character; write \\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16)) in double quotes"
        )
      }
    }
    let closing = String(repeating: String(UnicodeScalar(quote)), count: long ? 3 : 1)
    throw fail("a text is not closed; expected \(closing)\(long ? "" : " in the same line")", at: start)
  }

  /// Whether three quotes stand here.
  private func closes(_ quote: UInt8) -> Bool { byte(1) == quote && byte(2) == quote }

  private mutating func escaped(long: Bool) throws(ConfigurationError) -> [UInt8] {
    let byte = current ?? 0
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): offset += 1; return [byte]
    case UInt8(ascii: "b"): offset += 1; return [0x08]
    case UInt8(ascii: "t"): offset += 1; return [0x09]
    case UInt8(ascii: "n"): offset += 1; return [0x0A]
    case UInt8(ascii: "f"): offset += 1; return [0x0C]
    case UInt8(ascii: "r"): offset += 1; return [0x0D]
    case UInt8(ascii: "u"): return try scalar(digits: 4)
    case UInt8(ascii: "U"): return try scalar(digits: 8)
    case 0x20, 0x09, 0x0A, 0x0D:
      // A backslash at the end of a line joins it to the next word.
      let mark = offset
      skipSpace()
      guard long, skipBreak() else { throw fail("“\\” stands before white space; write “\\\\”", at: mark - 1) }
      repeat { skipSpace() } while skipBreak()
      return []
    default:
      throw fail("“\\\(JSONReader.printable(byte))” is no escape; write “\\\\” for a backslash", at: offset - 1)
    }
  }

  private mutating func scalar(digits count: Int) throws(ConfigurationError) -> [UInt8] {
    let digits = source.bytes[(offset + 1)...].prefix(count)
    guard digits.count == count, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = UnicodeScalar(value)
    else { throw fail("the escape needs \(count) hexadecimal digits of a character", at: offset - 1) }
    offset += 1 + count
    return Array(String(Character(scalar)).utf8)
  }
}
