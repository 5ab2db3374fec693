/// A JSON value on its way to text: the same bytes as Foundation's encoder with sorted keys, in a fraction of its time,
/// since lists of numbers, which records mostly are, become text at once.
final class JSONNode {
  private enum Content {
    case text([UInt8])
    case array([JSONNode])
    case object([String: JSONNode])
  }

  private var content = Content.object([:])

  func encode<Value: Encodable>(_ value: Value) throws {
    if Value.self == [Double].self, let numbers = value as? [Double] {
      try setNumbers(numbers)
    } else if Value.self == [Double?].self, let numbers = value as? [Double?] {
      try setNumbers(numbers)
    } else {
      try value.encode(to: JSONNodeEncoder(node: self))
    }
  }

  // MARK: Containers

  func becomeArray() {
    if case .array = content { return }
    content = .array([])
  }

  func becomeObject() {
    if case .object = content { return }
    content = .object([:])
  }

  var count: Int {
    if case .array(let nodes) = content { nodes.count } else { 0 }
  }

  func append() -> JSONNode {
    let node = JSONNode()
    guard case .array(var nodes) = content else { return node }
    content = .array([])
    nodes.append(node)
    content = .array(nodes)
    return node
  }

  func member(_ key: String) -> JSONNode {
    let node = JSONNode()
    guard case .object(var members) = content else { return node }
    content = .object([:])
    members[key] = node
    content = .object(members)
    return node
  }

  // MARK: Single values

  func setNull() { content = .text(Array("null".utf8)) }
  func set(_ value: Bool) { content = .text(Array((value ? "true" : "false").utf8)) }
  func set(_ value: some BinaryInteger) { content = .text(Array(value.description.utf8)) }

  func set<Number: BinaryFloatingPoint & CustomStringConvertible>(_ value: Number) throws {
    var text: [UInt8] = []
    try Self.append(value, to: &text)
    content = .text(text)
  }

  func set(_ value: String) {
    var text: [UInt8] = []
    Self.append(value, to: &text)
    content = .text(text)
  }

  private func setNumbers(_ numbers: [Double]) throws {
    var text: [UInt8] = [UInt8(ascii: "[")]
    text.reserveCapacity(12 * numbers.count)
    for number in numbers {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      try Self.append(number, to: &text)
    }
    text.append(UInt8(ascii: "]"))
    content = .text(text)
  }

  private func setNumbers(_ numbers: [Double?]) throws {
    var text: [UInt8] = [UInt8(ascii: "[")]
    text.reserveCapacity(12 * numbers.count)
    for number in numbers {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      if let number { try Self.append(number, to: &text) } else { text += "null".utf8 }
    }
    text.append(UInt8(ascii: "]"))
    content = .text(text)
  }

  // MARK: Text

  func write(to bytes: inout [UInt8]) {
    switch content {
    case .text(let text): bytes += text
    case .array(let nodes):
      bytes.append(UInt8(ascii: "["))
      for (index, node) in nodes.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        node.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.append(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The shortest digits that read back as the number; whole ones without a fraction.
  private static func append<Number: BinaryFloatingPoint & CustomStringConvertible>(
    _ value: Number, to bytes: inout [UInt8]
  ) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number \(value)"))
    }
    bytes += value.description.utf8
    if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
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
