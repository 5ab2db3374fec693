/// The members of an object.
struct KeyedNode<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: JSONNodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { (decoder.node.members ?? []).compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { decoder.node.member(key.stringValue) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key).isNothing }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try member(key).value(type) }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try member(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

  private func member(_ key: Key) throws -> JSONNodeDecoder {
    let node = decoder.node.member(key.stringValue)?.node
    if node?.isNull ?? true, decoder.rules.lists.contains(key.stringValue) {
      return decoder.child(JSONNode(value: .array([]), bytes: decoder.node.bytes), key)
    }
    guard let node else { throw decoder.fault("“\(key.stringValue)” is missing") }
    return decoder.child(node, key)
  }
}

/// The entries of a list.
struct ListNode: UnkeyedDecodingContainer {
  let decoder: JSONNodeDecoder
  let elements: [JSONNode]
  var currentIndex = 0

  private struct Index: CodingKey {
    let intValue: Int?
    var stringValue: String { intValue.map(String.init) ?? "" }
    init(_ place: Int) { intValue = place }
    init?(intValue: Int) { self.intValue = intValue }
    init?(stringValue: String) { nil }
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try next().isNothing else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try next().value(type)
    currentIndex += 1
    return value
  }
  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try superDecoder().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try superDecoder().unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Decoder {
    defer { currentIndex += 1 }
    return try next()
  }

  private func next() throws -> JSONNodeDecoder {
    guard !isAtEnd else { throw decoder.fault("a list of \(elements.count) entries is too short") }
    return decoder.child(elements[currentIndex], Index(currentIndex))
  }
}

/// A value that is neither.
struct SingleNode: SingleValueDecodingContainer {
  let decoder: JSONNodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.isNothing }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.value(type) }
}
