/// A JSON reader that keeps byte places, key order, repeated keys and the spelling of numbers.
///
/// Beyond the standard it accepts a byte-order mark and Python's `NaN`, `Infinity` and `-Infinity`.
public struct JSONParser {
  /// Nested lists and objects at most; real configurations have fewer than ten.
  public static let depthLimit = 256
  /// Bytes at most; real configurations have some thousand.
  public static let sizeLimit = 64 << 20

  private let source: SourceText
  private var offset = 0
  private var depth = 0

  /// - Throws: `ConfigurationError` with line and column of the first fault.
  public static func parse(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    guard source.bytes.count <= sizeLimit else {
      throw ConfigurationError(
        .malformed, "the file has \(source.bytes.count) bytes; a configuration has at most \(sizeLimit)", path: source.path)
    }
    if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
      throw ConfigurationError(.malformed, "the file is UTF-16; save it as UTF-8", path: source.path)
    }
    var parser = JSONParser(source: source)
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.offset = 3 }
    let node = try parser.value()
    parser.skipSpace()
    guard parser.offset == source.bytes.count else { throw parser.fail("something stands after the end of the JSON document") }
    return node
  }

  private init(source: SourceText) { self.source = source }

  private var current: UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

  private func fail(_ message: String, at place: Int? = nil) -> ConfigurationError {
    source.error(.malformed, "not JSON: " + message, at: place ?? offset)
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func value() throws(ConfigurationError) -> JSONNode {
    skipSpace()
    let start = offset
    guard let byte = current else {
      throw fail(source.bytes.isEmpty ? "the file is empty" : "the file ends where a value should stand")
    }
    let value: JSONNode.Value
    switch byte {
    case UInt8(ascii: "{"): value = .object(try members())
    case UInt8(ascii: "["): value = .array(try elements())
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    case UInt8(ascii: "N"): value = try word("NaN", .number(.nan, literal: "NaN"))
    case UInt8(ascii: "I"): value = try word("Infinity", .number(.infinity, literal: "Infinity"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try number()
    default: throw fail("a value cannot begin with “\(printable(byte))”")
    }
    return JSONNode(value: value, bytes: start..<offset)
  }

  private func printable(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "byte \(byte)"
  }

  private mutating func word(_ word: String, _ value: JSONNode.Value) throws(ConfigurationError) -> JSONNode.Value {
    guard source.bytes[offset...].starts(with: word.utf8) else { throw fail("expected “\(word)”") }
    offset += word.utf8.count
    return value
  }

  private mutating func enter() throws(ConfigurationError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw fail("lists and objects are nested more than \(Self.depthLimit) deep") }
    offset += 1
    skipSpace()
  }

  private mutating func elements() throws(ConfigurationError) -> [JSONNode] {
    try enter()
    var elements: [JSONNode] = []
    if current == UInt8(ascii: "]") { return leave(elements) }
    while true {
      elements.append(try value())
      if try isEnd(UInt8(ascii: "]"), of: "list") { return leave(elements) }
    }
  }

  private mutating func members() throws(ConfigurationError) -> [JSONNode.Member] {
    try enter()
    var members: [JSONNode.Member] = []
    if current == UInt8(ascii: "}") { return leave(members) }
    while true {
      skipSpace()
      let start = offset
      guard current == UInt8(ascii: "\"") else { throw fail("expected a key in double quotes") }
      let key = try string()
      let keyBytes = start..<offset
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw fail("expected “:” after the key “\(key.prefix(40))”") }
      offset += 1
      members.append(JSONNode.Member(key: key, keyBytes: keyBytes, node: try value()))
      if try isEnd(UInt8(ascii: "}"), of: "object") { return leave(members) }
    }
  }

  private mutating func leave<Result>(_ result: Result) -> Result {
    offset += 1
    depth -= 1
    return result
  }

  /// After a value: true at the closing bracket, false behind a comma.
  private mutating func isEnd(_ closing: UInt8, of kind: String) throws(ConfigurationError) -> Bool {
    skipSpace()
    if current == closing { return true }
    guard current == UInt8(ascii: ",") else {
      throw fail(current == nil ? "the file ends inside the \(kind)" : "expected “,” or the end of the \(kind)")
    }
    offset += 1
    return false
  }

  private mutating func number() throws(ConfigurationError) -> JSONNode.Value {
    let start = offset
    if source.bytes[offset...].starts(with: "-Infinity".utf8) {
      offset += 9
      return .number(-.infinity, literal: "-Infinity")
    }
    while let byte = current, isNumeric(byte) { offset += 1 }
    let literal = String(decoding: source.bytes[start..<offset], as: UTF8.self)
    let digits = literal.drop { $0 == "-" }
    let hasLeadingZero = digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
    guard !hasLeadingZero, digits.first?.isNumber == true, literal.last?.isNumber == true, let number = Double(literal)
    else { throw fail("“\(literal.prefix(40))” is not a number", at: start) }
    return .number(number, literal: literal)
  }

  private func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() throws(ConfigurationError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = current {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fail("a text is not valid UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw fail("a text holds a control character; write \\n or \\t", at: offset - 1)
      default: text.append(byte)
      }
    }
    throw fail("a text is not closed", at: start)
  }

  private mutating func escape() throws(ConfigurationError) -> [UInt8] {
    guard let byte = current else { throw fail("the file ends inside a text") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return Array(String(try unicodeScalar()).utf8)
    default: throw fail("“\\\(printable(byte))” is no escape", at: offset - 1)
    }
  }

  /// A lone surrogate becomes U+FFFD, as most readers have it.
  private mutating func unicodeScalar() throws(ConfigurationError) -> Character {
    let high = try hexadecimal()
    guard (0xD800..<0xDC00).contains(high), source.bytes[offset...].starts(with: "\\u".utf8) else {
      return Character(UnicodeScalar(high) ?? "\u{FFFD}")
    }
    let mark = offset
    offset += 2
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low) else {
      offset = mark
      return "\u{FFFD}"
    }
    return Character(UnicodeScalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}")
  }

  private mutating func hexadecimal() throws(ConfigurationError) -> UInt32 {
    let digits = source.bytes[offset...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fail("\\u needs four hexadecimal digits") }
    offset += 4
    return value
  }
}
