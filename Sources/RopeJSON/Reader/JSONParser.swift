/// JSON as a tree that keeps byte places, key order, repeated keys and the spelling of numbers.
///
/// Beyond the standard it accepts a byte-order mark and Python's `NaN`, `Infinity` and `-Infinity`.
public enum JSONParser {
  /// Nested lists and objects at most; real configurations have fewer than ten.
  public static let depthLimit = JSONReader.Options.configuration.depth
  /// Bytes at most; real configurations have some thousand.
  public static let sizeLimit = 64 << 20

  /// - Throws: `ConfigurationError` with line and column of the first fault.
  public static func parse(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    try source.checkSize()
    var reader = JSONReader(source.bytes, from: source.start, options: .configuration)
    do throws(JSONFault) {
      let node = try JSONNode(&reader)
      try reader.end()
      return node
    } catch {
      throw source.error(.malformed, "not JSON: " + error.message, at: error.offset)
    }
  }
}

extension JSONNode {
  /// The value that comes next.
  public init(_ reader: inout JSONReader) throws(JSONFault) {
    try reader.countNode()
    let first = reader.peek()
    let start = reader.offset
    let value: Value
    switch first {
    case "{":
      var members: [Member] = []
      try reader.object { (reader, key) throws(JSONFault) in
        let keyBytes = reader.keyBytes
        members.append(Member(key: key, keyBytes: keyBytes, node: try JSONNode(&reader)))
      }
      value = .object(members)
    case "[":
      var elements: [JSONNode] = []
      try reader.list { (reader) throws(JSONFault) in elements.append(try JSONNode(&reader)) }
      value = .array(elements)
    case "\"": value = .string(try reader.text())
    case "t", "f": value = .bool(try reader.flag())
    case "n":
      _ = try reader.skipNull()
      value = .null
    default:
      let number = try reader.number()
      value = .number(number.value, literal: number.literal)
    }
    self.init(value: value, bytes: start..<reader.offset)
  }
}
