import RopeJSON
import RopeMath

/// A JSON value that can be changed and written; numbers keep their spelling.
indirect enum EditedValue: Sendable, Hashable {
  case object([Member])
  case array([EditedValue])
  case text(String)
  /// A number, `true`, `false` or `null` as spelled.
  case literal(String)

  struct Member: Sendable, Hashable {
    var key: String
    var value: EditedValue
  }

  init(_ node: JSONNode) {
    switch node.value {
    case .object(let members): self = .object(members.map { Member(key: $0.key, value: EditedValue($0.node)) })
    case .array(let elements): self = .array(elements.map(EditedValue.init))
    case .string(let text): self = .text(text)
    case .number(_, let literal): self = .literal(literal)
    case .bool(let flag): self = .literal(flag ? "true" : "false")
    case .null: self = .literal("null")
    }
  }

  init(_ pairs: [(String, EditedValue)]) { self = .object(pairs.map { Member(key: $0.0, value: $0.1) }) }

  /// A number with a fraction, as configs write factors.
  static func float(_ value: Double) -> EditedValue { .literal(String(value)) }

  /// A number without one, where it has none.
  static func count(_ value: Double) -> EditedValue { .literal(value.formattedShortest) }

  func member(_ key: String) -> EditedValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// Replaces, adds or, for nil, removes the value at a path of keys.
  mutating func set(_ path: [String], to value: EditedValue?) {
    guard case .object(var members) = self, let key = path.first else { return }
    let index = members.lastIndex { $0.key == key }
    if path.count > 1 {
      if let index { members[index].value.set(Array(path.dropFirst()), to: value) }
    } else if let value {
      if let index { members[index].value = value } else { members.append(Member(key: key, value: value)) }
    } else {
      members.removeAll { $0.key == key }
    }
    self = .object(members)
  }

  /// One line of JSON.
  var text: String {
    switch self {
    case .object(let members):
      "{" + members.map { JSONWriter.quoted($0.key) + ": " + $0.value.text }.joined(separator: ", ") + "}"
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .text(let text): JSONWriter.quoted(text)
    case .literal(let literal): literal
    }
  }
}
