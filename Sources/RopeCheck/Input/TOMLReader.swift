import RopeConfig
import RopeJSON
import TOMLKit

/// TOML as the same positioned tree that a JSON file gives; places are those of the keys.
enum TOMLReader {
  /// - Throws: `ConfigurationError` with the place of the first fault.
  static func read(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    guard let text = String(validating: source.bytes, as: UTF8.self) else {
      throw ConfigurationError(.malformed, "the file is not valid UTF-8", path: source.path)
    }
    let json: String
    do {
      json = try TOMLTable(string: text).convert(to: .json)
    } catch let error as TOMLParseError {
      throw ConfigurationError(
        .malformed, "not TOML: \(error.description)", path: source.path, line: Int(error.source.begin.line),
        column: Int(error.source.begin.column))
    } catch {
      throw ConfigurationError(.malformed, "the file is not TOML", path: source.path)
    }
    let tree = try JSONParser.parse(SourceText(bytes: Array(json.utf8), path: source.path))
    return place(tree, keyPlaces(source.bytes), under: "", line: 0..<min(1, source.bytes.count))
  }

  private static func place(_ node: JSONNode, _ places: [String: Range<Int>], under path: String, line: Range<Int>) -> JSONNode {
    guard let members = node.members else { return JSONNode(value: node.value, bytes: line) }
    let placed = members.map { member in
      let own = path.isEmpty ? member.key : path + "." + member.key
      let bytes = places[own] ?? line
      return JSONNode.Member(key: member.key, keyBytes: bytes, node: place(member.node, places, under: own, line: bytes))
    }
    return JSONNode(value: .object(placed), bytes: line)
  }

  /// The line of each `key =`, under the path of its table.
  private static func keyPlaces(_ bytes: [UInt8]) -> [String: Range<Int>] {
    var places: [String: Range<Int>] = [:]
    var table = ""
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += line.count + 1 }
      let text = String(decoding: line, as: UTF8.self)
      let plain = text.trimmed
      if plain.hasPrefix("["), let end = plain.firstIndex(of: "]") {
        table = String(plain[..<end].drop { $0 == "[" }).filter { $0 != "\"" && $0 != " " }
      } else if let equals = plain.firstIndex(of: "="), !plain.hasPrefix("#") {
        let key = String(plain[..<equals]).trimmed.filter { $0 != "\"" }
        let indent = text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
        let length = plain.utf8.count
        places[table.isEmpty ? key : table + "." + key] = start + indent..<start + indent + length
      }
    }
    return places
  }
}
