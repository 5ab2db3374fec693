import RopeText

/// A JSON value with the bytes that it stands in.
public struct JSONNode: Sendable {
  public indirect enum Value: Sendable {
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// The number and how it is spelled; NaN and the infinities are accepted as Python writes them.
    case number(Double, literal: String)
    case bool(Bool)
    case null
  }

  public struct Member: Sendable {
    public let key: String
    /// Bytes of the key, quotes included.
    public let keyBytes: Range<Int>
    public let node: JSONNode
    /// How the key is spelled in the source, where a reader gave the value another name; empty where the object that
    /// holds it says it without a key.
    public let writtenKey: String

    public init(key: String, keyBytes: Range<Int>, node: JSONNode, writtenKey: String? = nil) {
      self.key = key
      self.keyBytes = keyBytes
      self.node = node
      self.writtenKey = writtenKey ?? key
    }
  }

  public let value: Value
  /// Offsets in the source, a byte-order mark included.
  public let bytes: Range<Int>
  /// Which text the bytes count in, where a tree was merged from several: the file itself is 0.
  public let document: Int

  /// For readers of other formats, such as YAML, that give their values the same shape.
  public init(value: Value, bytes: Range<Int>, document: Int = 0) {
    self.value = value
    self.bytes = bytes
    self.document = document
  }

  /// The tree as one of another text, whose place in the list of texts is `document`.
  public func moved(to document: Int) -> JSONNode {
    let value: Value =
      switch self.value {
      case .object(let members):
        .object(
          members.map {
            Member(key: $0.key, keyBytes: $0.keyBytes, node: $0.node.moved(to: document), writtenKey: $0.writtenKey)
          })
      case .array(let elements): .array(elements.map { $0.moved(to: document) })
      default: self.value
      }
    return JSONNode(value: value, bytes: bytes, document: document)
  }

  public var members: [Member]? { if case .object(let members) = value { members } else { nil } }
  public var elements: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }
  public var isNull: Bool { if case .null = value { true } else { false } }

  public var string: String? { if case .string(let text) = value { text } else { nil } }
  public var boolean: Bool? { if case .bool(let flag) = value { flag } else { nil } }

  /// The number where it is one and finite.
  public var finiteNumber: Double? { if case .number(let number, _) = value, number.isFinite { number } else { nil } }

  /// The value of a key; the last one where it stands more than once, as Python reads it.
  public func member(_ key: String) -> Member? { members?.last { $0.key == key } }

  /// What a message calls it: `the text “4”`.
  public var told: Message {
    switch value {
    case .object: "an object"
    case .array: "a list"
    case .string(let text): "the text “\(text.excerpt(40))”"
    case .number(_, let literal): "\(String(literal.prefix(40)))"
    case .bool(let flag): "\(flag ? "true" : "false")"
    case .null: "\("null")"
    }
  }

  /// The same in English.
  public var phrase: String { Language.english(told) }
}
