extension JSONReader {
  public mutating func text() throws(JSONFault) -> String {
    _ = peek()
    let start = offset
    guard let text = String(validating: try textBytes(), as: UTF8.self) else {
      throw fault("a text is not valid UTF-8", at: start)
    }
    return text
  }

  /// The UTF-8 of a text, not validated.
  public mutating func textBytes() throws(JSONFault) -> [UInt8] {
    guard peek() == "\"" else { throw problem("no text where one belongs") }
    let start = offset
    offset += 1
    var units: [UInt8] = []
    var plain = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        if units.isEmpty { return Array(bytes[plain..<offset - 1]) }
        return units + bytes[plain..<offset - 1]
      case UInt8(ascii: "\\"):
        units += bytes[plain..<offset]
        offset += 1
        units += try escaped()
        plain = offset
      case 0..<0x20: throw fault("a text holds a control character; write \\n or \\t")
      default: offset += 1
      }
    }
    throw fault("a text is not closed", at: start)
  }

  /// What stands for an escape, behind its backslash.
  private mutating func escaped() throws(JSONFault) -> [UInt8] {
    guard offset < bytes.count else { throw fault("the file ends inside a text") }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(Character(try unicodeScalar())).utf8)
    default: throw fault("“\\\(JSONReader.printable(byte))” is no escape", at: offset - 1)
    }
  }

  private mutating func unicodeScalar() throws(JSONFault) -> Unicode.Scalar {
    let start = offset - 2
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[offset...].starts(with: "\\u".utf8) {
      let mark = offset
      offset += 2
      let second = try hexadecimal()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        return scalar
      }
      offset = mark
    }
    guard options.replacesHalfCharacters else { throw fault("an escape is half of a character", at: start) }
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    let digits = bytes[offset...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("\\u needs four hexadecimal digits") }
    offset += 4
    return value
  }

  static func printable(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "byte \(byte)"
  }
}
