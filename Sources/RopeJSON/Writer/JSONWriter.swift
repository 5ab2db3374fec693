/// Writes JSON piece by piece; commas and line ends come by themselves.
public struct JSONWriter: Sendable {
  public enum Layout: Sendable {
    /// `{"a":1,"b":2}`
    case compact
    /// `{"a": 1, "b": 2}`
    case spaced
    /// A line for each value, as Foundation's encoder has it.
    case lines
  }

  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  /// Something stands before the next value in its list or object.
  private var isFollowing = false
  private var isBehindKey = false

  public init(_ layout: Layout = .compact) { self.layout = layout }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Objects and lists

  public mutating func object<Failure>(_ write: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    try nest(UInt8(ascii: "{"), UInt8(ascii: "}"), write)
  }

  public mutating func list<Failure>(_ write: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    try nest(UInt8(ascii: "["), UInt8(ascii: "]"), write)
  }

  private mutating func nest<Failure>(
    _ opening: UInt8, _ closing: UInt8, _ write: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    begin()
    bytes.append(opening)
    depth += 1
    isFollowing = false
    try write(&self)
    depth -= 1
    if layout == .lines {
      if !isFollowing { bytes.append(0x0A) }
      breakLine()
    }
    bytes.append(closing)
    isFollowing = true
  }

  /// The key of the value that is written next.
  public mutating func key(_ key: String) {
    begin()
    Self.append(key, to: &bytes)
    switch layout {
    case .compact: bytes.append(UInt8(ascii: ":"))
    case .spaced: bytes += ": ".utf8
    case .lines: bytes += " : ".utf8
    }
    isBehindKey = true
  }

  // MARK: Single values

  public mutating func value(_ text: String) {
    begin()
    Self.append(text, to: &bytes)
  }

  /// `null`, `true`, or a number as it is spelled.
  public mutating func literal(_ literal: String) {
    begin()
    bytes += literal.utf8
  }

  public mutating func value(_ node: JSONNode) {
    switch node.value {
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.key)
          writer.value(member.node)
        }
      }
    case .array(let elements): list { writer in for element in elements { writer.value(element) } }
    case .string(let text): value(text)
    case .number(let number, let literal): self.literal(JSONNumber.text(number, literal: literal))
    case .bool(let flag): literal(flag ? "true" : "false")
    case .null: literal("null")
    }
  }

  private mutating func begin() {
    if isBehindKey {
      isBehindKey = false
    } else {
      if isFollowing { bytes.append(UInt8(ascii: ",")) }
      if depth > 0, layout == .lines { breakLine() }
      if isFollowing, layout == .spaced { bytes.append(0x20) }
    }
    isFollowing = true
  }

  private mutating func breakLine() {
    bytes.append(0x0A)
    for _ in 0..<2 * depth { bytes.append(0x20) }
  }

  // MARK: Texts

  /// A text in quotes. Quotes, backslashes and control characters are escaped, everything else stands as it is.
  public static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20: bytes += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
