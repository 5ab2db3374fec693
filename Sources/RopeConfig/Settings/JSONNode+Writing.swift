import RopeJSON
import RopeMath
import RopeText

/// Values that stand in no file yet, and how a line of JSON spells them.
extension JSONNode {
  static func object(_ pairs: [(String, JSONNode)]) -> JSONNode {
    JSONNode(value: .object(pairs.map { Member(key: $0.0, keyBytes: 0..<0, node: $0.1) }), bytes: 0..<0)
  }

  static func list(_ numbers: [Double]) -> JSONNode {
    JSONNode(value: .array(numbers.map { .float($0) }), bytes: 0..<0)
  }

  static func text(_ text: String) -> JSONNode { JSONNode(value: .string(text), bytes: 0..<0) }
  static func flag(_ flag: Bool) -> JSONNode { JSONNode(value: .bool(flag), bytes: 0..<0) }
  static var null: JSONNode { JSONNode(value: .null, bytes: 0..<0) }

  /// A number with a fraction, as configs write factors.
  static func float(_ value: Double) -> JSONNode { JSONNode(value: .number(value, literal: "\(value)"), bytes: 0..<0) }

  /// A number without one, where it has none.
  static func count(_ value: Double) -> JSONNode {
    JSONNode(value: .number(value, literal: value.formattedShortest), bytes: 0..<0)
  }

  static func count(_ value: Int) -> JSONNode { .count(Double(value)) }

  /// One line of JSON; numbers keep their spelling.
  var line: String {
    var writer = JSONWriter(.spaced)
    writer.value(self)
    return writer.text
  }

  /// One line of JSON between the quotes of a shell.
  var shellWord: String { Escaping.shellWord(line) }
}
