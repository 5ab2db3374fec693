import RopeText

/// Decodes values from a JSON tree. What is wrong is a `ConfigurationError` that says what stands there and what would be
/// right, with line, column and JSON pointer.
public struct JSONNodeDecoder: Decoder {
  let source: SourceText
  let rules: JSONRules
  let node: JSONNode
  public let codingPath: [any CodingKey]
  public var userInfo: [CodingUserInfoKey: Any] { [:] }

  public static func decode<Value: Decodable>(
    _ type: Value.Type, from node: JSONNode, of source: SourceText, rules: JSONRules = JSONRules()
  ) throws(ConfigurationError) -> Value {
    do {
      return try JSONNodeDecoder(source: source, rules: rules, node: node, codingPath: []).value(type)
    } catch {
      throw (error as? ConfigurationError) ?? source.error(.invalid, "\(error)", at: node.bytes.lowerBound)
    }
  }

  public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard node.members != nil else { throw unexpected("an object") }
    return KeyedDecodingContainer(KeyedNode(decoder: self))
  }

  public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    ListNode(decoder: self, elements: try elements())
  }

  public func singleValueContainer() -> any SingleValueDecodingContainer { SingleNode(decoder: self) }

  func child(_ node: JSONNode, _ key: any CodingKey) -> JSONNodeDecoder {
    JSONNodeDecoder(source: source, rules: rules, node: node, codingPath: codingPath + [key])
  }

  // MARK: Values

  func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let plain: Any?
    switch type {
    case is Bool.Type: plain = try flag()
    case is String.Type: plain = try text()
    case is Double.Type: plain = try number(node)
    case is [Double].Type: plain = try? elements().map(number)
    default: plain = try (type as? any FixedWidthInteger.Type).map { try whole($0) }
    }
    // An optional would take nothing for its own.
    if let plain, let value = plain as? Value { return value }
    do { return try Value(from: self) } catch DecodingError.dataCorrupted(let context) {
      let choices = (Value.self as? any CaseIterable.Type).map { Self.choices($0) } ?? []
      throw choices.isEmpty
        ? fault("\(name): \(context.debugDescription)") : unexpected("one of \(choices.joined(separator: ", "))")
    }
  }

  private static func choices<Value: CaseIterable>(_ type: Value.Type) -> [String] {
    type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  }

  /// Python's NaN is what its writers have for nothing.
  var isNothing: Bool { if case .number(let value, _) = node.value { value.isNaN } else { node.isNull } }

  func elements() throws -> [JSONNode] {
    guard let elements = node.elements else { throw unexpected("a list") }
    guard elements.count <= rules.mostEntries else {
      throw fault("\(name) has \(elements.count) entries, at most \(rules.mostEntries) are expected")
    }
    return elements
  }

  func flag() throws -> Bool {
    guard let flag = node.boolean else { throw unexpected("true or false") }
    return flag
  }

  func text() throws -> String {
    guard let text = node.string else { throw unexpected("a text") }
    guard let length = rule(rules.names) else { return rules.kept(text) }
    guard text.unicodeScalars.dropFirst(length.upperBound).isEmpty else {
      throw fault("\(name) has more than \(length.upperBound) characters, a shorter name is expected")
    }
    guard length.lowerBound == 0 || !text.isEmpty else { throw fault("\(name) is empty, a name is expected") }
    return rules.kept(text)
  }

  func number(_ node: JSONNode) throws -> Double {
    let range = rule(rules.ranges)
    guard let value = node.finiteNumber, range?.contains(value) ?? true else {
      throw unexpected(node, "a number", range)
    }
    return value
  }

  func whole<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    let range = rule(rules.ranges)
    guard case .number(let value, let literal) = node.value, let whole = Value(literal) ?? Value(exactly: value),
      range?.contains(value) ?? true
    else { throw unexpected(node, "a whole number", range) }
    return whole
  }

  // MARK: Faults

  /// What holds under the key that the value stands under.
  private func rule<Rule>(_ rules: [String: Rule]) -> Rule? {
    let keys = codingPath.filter { $0.intValue == nil }.suffix(2).map(\.stringValue)
    return keys.last.flatMap { rules[keys.joined(separator: "/")] ?? rules[$0] }
  }

  /// What messages call the value.
  private var name: String { codingPath.last { $0.intValue == nil }.map { "“\($0.stringValue)”" } ?? "the document" }

  private func unexpected(_ expected: String) -> ConfigurationError { unexpected(node, expected) }

  private func unexpected(
    _ node: JSONNode, _ expected: String, _ range: ClosedRange<Double>? = nil
  ) -> ConfigurationError {
    let bounds = range.map { ", from \(JSONNumber.text($0.lowerBound)) to \(JSONNumber.text($0.upperBound))" } ?? ""
    return fault("\(name) is \(rules.kept(node.phrase)), \(expected) is expected\(bounds)", at: node)
  }

  func fault(_ message: String, at node: JSONNode? = nil) -> ConfigurationError {
    source.error(
      .invalid, message, at: (node ?? self.node).bytes.lowerBound,
      pointer: codingPath.reduce("") { JSONPointer.adding($1.stringValue, to: $0) })
  }
}
