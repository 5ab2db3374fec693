import RopeConfig
import RopeJSON

/// The same configuration in another spelling.
enum ConfigurationVariant: String, CaseIterable, Sendable {
  case reversed, minified, windowsLines, byteOrderMark, nested, oldTypeKey, newTypeKey, version5

  /// Nil where the variant has no meaning for the configuration.
  func apply(to text: String) throws -> String? {
    let node = try JSONParser.parse(SourceText(bytes: Array(text.utf8)))
    guard let members = node.members else { return nil }
    switch self {
    case .reversed: return Self.written(Self.reversed(node), indent: "")
    case .minified: return Self.written(node, indent: nil)
    case .windowsLines: return Self.written(node, indent: "").replacing("\n", with: "\r\n") + "\r\n"
    case .byteOrderMark: return "\u{FEFF}" + text
    case .nested:
      guard node.member("text_config") == nil else { return nil }
      let outer = JSONNode.Member(key: "text_config", keyBytes: 0..<0, node: node)
      return Self.written(JSONNode(value: .object([outer]), bytes: 0..<0), indent: "")
    case .oldTypeKey, .newTypeKey:
      let (from, to) = self == .oldTypeKey ? ("rope_type", "type") : ("type", "rope_type")
      guard let scaling = node.member("rope_scaling")?.node.members, scaling.contains(where: { $0.key == from }),
        !scaling.contains(where: { $0.key == to })
      else { return nil }
      let renamed = scaling.map { $0.key == from ? JSONNode.Member(key: to, keyBytes: 0..<0, node: $0.node) : $0 }
      return Self.written(Self.replacing("rope_scaling", in: members, with: .object(renamed)), indent: "")
    case .version5:
      guard let scaling = node.member("rope_scaling")?.node.members, node.member("rope_parameters") == nil else {
        return nil
      }
      let theta = members.filter { $0.key == "rope_theta" }
      let others = members.filter { $0.key != "rope_scaling" && $0.key != "rope_theta" }
      let new = JSONNode.Member(
        key: "rope_parameters", keyBytes: 0..<0, node: JSONNode(value: .object(scaling + theta), bytes: 0..<0))
      return Self.written(JSONNode(value: .object(others + [new]), bytes: 0..<0), indent: "")
    }
  }

  private static func replacing(_ key: String, in members: [JSONNode.Member], with value: JSONNode.Value) -> JSONNode {
    JSONNode(
      value: .object(
        members.map {
          $0.key == key ? JSONNode.Member(key: key, keyBytes: 0..<0, node: JSONNode(value: value, bytes: 0..<0)) : $0
        }),
      bytes: 0..<0)
  }

  private static func reversed(_ node: JSONNode) -> JSONNode {
    guard let members = node.members else { return node }
    return JSONNode(
      value: .object(members.reversed().map { JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: reversed($0.node)) }),
      bytes: 0..<0)
  }

  /// JSON text; on one line without spaces where `indent` is nil.
  private static func written(_ node: JSONNode, indent: String?) -> String {
    let inner = indent.map { $0 + "  " }
    let open = inner.map { "\n" + $0 } ?? "", close = indent.map { "\n" + $0 } ?? ""
    switch node.value {
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let body = members.map { "\"\($0.key)\":\(indent == nil ? "" : " ")\(written($0.node, indent: inner))" }
      return "{" + open + body.joined(separator: "," + open) + close + "}"
    case .array(let elements):
      return "[" + elements.map { written($0, indent: nil) }.joined(separator: indent == nil ? "," : ", ") + "]"
    case .string(let text): return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .number(_, let literal): return literal
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    }
  }
}
