/// Fills a `EncodedJSON` with an encodable value. Paths are not kept: the product's values tell what is wrong themselves.
struct EncodedJSONEncoder: Encoder {
  let node: EncodedJSON
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.becomeObject()
    return KeyedEncodingContainer(Keyed(node: node))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.becomeArray()
    return Unkeyed(node: node)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node) }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodedJSON
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { node.member(key.stringValue).setNull() }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      try node.member(key.stringValue).encode(value)
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { superEncoder(forKey: key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      superEncoder(forKey: key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { EncodedJSONEncoder(node: node.member("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { EncodedJSONEncoder(node: node.member(key.stringValue)) }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let node: EncodedJSON
    var codingPath: [any CodingKey] { [] }
    var count: Int { node.count }

    func encodeNil() { node.append().setNull() }
    func encode<Value: Encodable>(_ value: Value) throws { try node.append().encode(value) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      superEncoder().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { EncodedJSONEncoder(node: node.append()) }
  }

  /// Every value of a keyed or a list ends here, by its own `encode(to:)`.
  private struct Single: SingleValueEncodingContainer {
    let node: EncodedJSON
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { node.setNull() }
    func encode(_ value: Bool) throws { node.set(value) }
    func encode(_ value: String) throws { node.set(value) }
    func encode(_ value: Double) throws { try node.set(value) }
    func encode(_ value: Float) throws { try node.set(value) }
    func encode(_ value: Int) throws { node.set(value) }
    func encode(_ value: Int8) throws { node.set(value) }
    func encode(_ value: Int16) throws { node.set(value) }
    func encode(_ value: Int32) throws { node.set(value) }
    func encode(_ value: Int64) throws { node.set(value) }
    func encode(_ value: UInt) throws { node.set(value) }
    func encode(_ value: UInt8) throws { node.set(value) }
    func encode(_ value: UInt16) throws { node.set(value) }
    func encode(_ value: UInt32) throws { node.set(value) }
    func encode(_ value: UInt64) throws { node.set(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try node.encode(value) }
  }
}
