import Foundation
import RopeConfig
import RopeJSON
import RopeTestSupport

/// A golden file read with places kept, so that a config is handed on as it is spelled (4 is not 4.0).
struct GoldenFile {
  let source: SourceText
  let cases: [JSONNode]

  init(_ name: String) throws {
    source = SourceText(bytes: [UInt8](try Fixtures.data("golden/\(name)")))
    cases = try JSONParser.parse(source).member("cases")?.node.elements ?? []
  }

  func declaration(_ node: JSONNode) throws -> Declaration {
    let text = String(decoding: source.bytes[node.bytes], as: UTF8.self)
      .replacing(try Regex(#"\{"\$float":\s*"nan"\}"#), with: "NaN")
      .replacing(try Regex(#"\{"\$float":\s*"inf"\}"#), with: "Infinity")
    return try Declaration(SourceText(bytes: Array(text.utf8)))
  }

  /// A config with the keys that a rotary class is constructed from.
  func declaration(members: [(String, String)]) throws -> Declaration {
    let text = "{" + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    return try Declaration(SourceText(bytes: Array(text.utf8)))
  }

  func spelling(_ node: JSONNode?) -> String? { node.map { String(decoding: source.bytes[$0.bytes], as: UTF8.self) } }
}

extension JSONNode {
  /// The value at a path of keys and of places in lists.
  subscript(_ path: String...) -> JSONNode? {
    path.reduce(self as JSONNode?) { node, key in Int(key).flatMap { node?.elements?[$0] } ?? node?.member(key)?.node }
  }

  var number: Double? {
    switch value {
    case .number(let number, _): number
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("nan"): .nan
    default: nil
    }
  }
  var text: String? { if case .string(let text) = value { text } else { nil } }
  var flag: Bool? { if case .bool(let flag) = value { flag } else { nil } }
  var numbers: [Double]? { elements.map { $0.compactMap(\.number) } }
}
