import RopeJSON
import RopeScopeCLI

/// The part of JSON Schema (draft 2020-12) that the published schemas use. A keyword that it does not know is a fault.
struct SchemaValidator {
  private static let annotations: Set = ["$schema", "schema", "title", "description"]

  let schema: JSONNode

  init(named name: String) async throws {
    let run = await CapturedRun(["docs", "schema", name])
    schema = try JSONParser.parse(SourceText(bytes: Array(run.output.utf8), path: name))
  }

  /// What is wrong with a document, place by place.
  func faults(_ text: String) throws -> [String] {
    faults(try JSONParser.parse(SourceText(bytes: Array(text.utf8), path: "document")), schema, "")
  }

  private func faults(_ value: JSONNode, _ schema: JSONNode, _ place: String) -> [String] {
    var faults: [String] = []
    for keyword in schema.members ?? [] {
      let rule = keyword.node
      switch keyword.key {
      case "type":
        let types = rule.elements?.compactMap(\.string) ?? [rule.string].compactMap { $0 }
        if !types.contains(where: { Self.isOf(value, $0) }) {
          faults.append("\(place): \(value.phrase), expected \(types.joined(separator: " or "))")
        }
      case "const": if !Self.isSame(value, rule) { faults.append("\(place): \(value.phrase), expected \(rule.phrase)") }
      case "enum":
        if rule.elements?.contains(where: { Self.isSame($0, value) }) != true {
          faults.append("\(place): \(value.phrase) is none of the list")
        }
      case "required":
        guard let members = value.members else { continue }
        for key in rule.elements?.compactMap(\.string) ?? [] where !members.contains(where: { $0.key == key }) {
          faults.append("\(place): \(key) is missing")
        }
      case "properties":
        for member in value.members ?? [] {
          if let own = rule.member(member.key)?.node {
            faults += self.faults(member.node, own, place + "/" + member.key)
          }
        }
      case "items":
        for (index, element) in (value.elements ?? []).enumerated() {
          faults += self.faults(element, rule, "\(place)/\(index)")
        }
      default: if !Self.annotations.contains(keyword.key) { faults.append("\(place): the schema uses \(keyword.key)") }
      }
    }
    return faults
  }

  /// Of texts, numbers, flags and null, which are all that the schemas fix.
  private static func isSame(_ a: JSONNode, _ b: JSONNode) -> Bool {
    a.string == b.string && a.finiteNumber == b.finiteNumber && a.boolean == b.boolean && a.isNull == b.isNull
  }

  private static func isOf(_ value: JSONNode, _ type: String) -> Bool {
    switch type {
    case "null": value.isNull
    case "boolean": value.boolean != nil
    case "string": value.string != nil
    case "number": value.finiteNumber != nil
    case "integer": value.finiteNumber.map { $0 == $0.rounded() } ?? false
    case "array": value.elements != nil
    case "object": value.members != nil
    default: false
    }
  }
}
