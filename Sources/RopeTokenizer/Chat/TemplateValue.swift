/// A value of a template, with Python's rules for what is true, equal and printed.
indirect enum TemplateValue {
  /// What a name or key that does not exist gives, with that name.
  case undefined(String)
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([TemplateValue])
  case mapping(TemplateMapping)
  case namespace(TemplateNamespace)
  case loop(TemplateLoopState)
  case function(TemplateFunction)

  var isTrue: Bool {
    switch self {
    case .undefined, .null: false
    case .bool(let flag): flag
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let entries): !entries.isEmpty
    case .mapping(let mapping): !mapping.keys.isEmpty
    case .namespace, .loop, .function: true
    }
  }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }

  /// What Python calls its kind.
  var kind: String {
    switch self {
    case .undefined: "undefined"
    case .null: "None"
    case .bool: "bool"
    case .integer: "int"
    case .number: "float"
    case .text: "str"
    case .list: "list"
    case .mapping: "dict"
    case .namespace: "namespace"
    case .loop: "loop"
    case .function: "function"
    }
  }

  /// The value as a number, flags among them.
  var asNumber: Double? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  var asInteger: Int? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .integer(let value): value
    default: nil
    }
  }

  func equals(_ other: TemplateValue) -> Bool {
    switch (self, other) {
    case (.undefined, .undefined), (.null, .null): true
    case (.text(let a), .text(let b)): a.unicodeScalars.elementsEqual(b.unicodeScalars)
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.mapping(let a), .mapping(let b)):
      a.keys.count == b.keys.count && a.keys.allSatisfy { key in b[key].map { a[key]?.equals($0) ?? false } ?? false }
    case (.namespace(let a), .namespace(let b)): a === b
    case (.integer(let a), .integer(let b)): a == b
    default: asNumber != nil && asNumber == other.asNumber
    }
  }

  /// As it is written into the text.
  var string: String {
    switch self {
    case .undefined: ""
    case .text(let text): text
    default: representation
    }
  }

  /// As it is written inside a list.
  var representation: String {
    switch self {
    case .undefined: "Undefined"
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let value): "\(value)"
    case .number(let value): Self.text(of: value)
    case .text(let text): Self.quoted(text)
    case .list(let entries): "[" + entries.map(\.representation).joined(separator: ", ") + "]"
    case .mapping(let mapping):
      "{"
        + mapping.keys.map { "\($0.value.representation): \(mapping[$0]?.representation ?? "")" }.joined(
          separator: ", ") + "}"
    case .namespace: "<Namespace>"
    case .loop: "<LoopContext>"
    case .function(let function): "<function \(function.name)>"
    }
  }

  static func text(of value: Double) -> String {
    value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
  }

  /// Between quotes as Python chooses them.
  private static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case quote: result += "\\" + String(quote)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }
}
