import RopeJSON

/// A value that a class has where the file has none.
enum ClassValue: Sendable, Hashable {
  case text(String)
  case number(Double)
  case count(Int)
  case flag(Bool)

  /// The document of nodes that stand in no text.
  static let document = -1

  var node: JSONNode {
    let value: JSONNode.Value =
      switch self {
      case .text(let text): .string(text)
      case .number(let number): .number(number, literal: "\(number)")
      case .count(let count): .number(Double(count), literal: "\(count)")
      case .flag(let flag): .bool(flag)
      }
    return JSONNode(value: value, bytes: 0..<0, document: Self.document)
  }

  /// Whether a file's value is this one.
  func matches(_ node: JSONNode) -> Bool {
    switch self {
    case .text(let text): node.string == text
    case .number(let number): node.finiteNumber == number
    case .count(let count): node.finiteNumber == Double(count)
    case .flag(let flag): node.boolean == flag
    }
  }
}

extension ClassValue: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  // A table of hundreds of values compiles much faster where these are not written out in each.
  @inline(never) init(stringLiteral value: String) { self = .text(value) }
  @inline(never) init(floatLiteral value: Double) { self = .number(value) }
  @inline(never) init(integerLiteral value: Int) { self = .count(value) }
  @inline(never) init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension DeclaredValue {
  /// Whether a class gave the value, not the file.
  var isClassDefault: Bool { node.document == ClassValue.document }
}
