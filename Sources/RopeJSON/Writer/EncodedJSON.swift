/// A JSON value on its way to text: the same bytes as Foundation's encoder with sorted keys, in a fraction of its time,
/// since lists of numbers, which records mostly are, become text at once.
public final class EncodedJSON {
  private enum Content {
    case text(String)
    case literal(String)
    case numbers([Double])
    case optionalNumbers([Double?])
    case array([EncodedJSON])
    case object([String: EncodedJSON])
  }

  private var content = Content.object([:])

  init() {}

  /// - Throws: `EncodingError.invalidValue` for a number that is not finite.
  public static func bytes(of value: some Encodable, layout: JSONWriter.Layout = .compact) throws -> [UInt8] {
    let node = EncodedJSON()
    try node.encode(value)
    var writer = JSONWriter(layout)
    node.write(to: &writer)
    return writer.bytes
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    if Value.self == [Double].self, let numbers = value as? [Double] {
      for number in numbers where !number.isFinite { throw Self.notFinite(number) }
      content = .numbers(numbers)
    } else if Value.self == [Double?].self, let numbers = value as? [Double?] {
      for case let number? in numbers where !number.isFinite { throw Self.notFinite(number) }
      content = .optionalNumbers(numbers)
    } else {
      try value.encode(to: EncodedJSONEncoder(node: self))
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

  func append() -> EncodedJSON {
    let node = EncodedJSON()
    guard case .array(var nodes) = content else { return node }
    content = .array([])
    nodes.append(node)
    content = .array(nodes)
    return node
  }

  func member(_ key: String) -> EncodedJSON {
    let node = EncodedJSON()
    guard case .object(var members) = content else { return node }
    content = .object([:])
    members[key] = node
    content = .object(members)
    return node
  }

  // MARK: Single values

  func setNull() { content = .literal("null") }
  func set(_ value: Bool) { content = .literal(value ? "true" : "false") }
  func set(_ value: some BinaryInteger) { content = .literal(value.description) }
  func set(_ value: String) { content = .text(value) }

  func set(_ value: some BinaryFloatingPoint & CustomStringConvertible) throws {
    guard value.isFinite else { throw Self.notFinite(value) }
    content = .literal(JSONNumber.text(value))
  }

  private static func notFinite(_ value: some BinaryFloatingPoint) -> EncodingError {
    EncodingError.invalidValue(
      value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number \(value)"))
  }

  // MARK: Text

  func write(to writer: inout JSONWriter) {
    switch content {
    case .text(let text): writer.value(text)
    case .literal(let literal): writer.literal(literal)
    case .numbers(let numbers):
      writer.list { writer in for number in numbers { writer.literal(JSONNumber.text(number)) } }
    case .optionalNumbers(let numbers):
      writer.list { writer in for number in numbers { writer.literal(number.map { JSONNumber.text($0) } ?? "null") } }
    case .array(let nodes): writer.list { writer in for node in nodes { node.write(to: &writer) } }
    case .object(let members):
      writer.object { writer in
        for (key, node) in members.sorted(by: { $0.key < $1.key }) {
          writer.key(key)
          node.write(to: &writer)
        }
      }
    }
  }
}
