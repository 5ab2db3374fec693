import RopeConfig
import RopeJSON
import Yams

/// YAML as the same positioned tree that a JSON file gives.
enum YAMLReader {
  /// - Throws: `ConfigurationError` with the place of the first fault.
  static func read(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    guard let text = String(validating: source.bytes, as: UTF8.self) else {
      throw ConfigurationError(.malformed, "the file is not valid UTF-8", path: source.path)
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        return JSONNode(value: .object([]), bytes: 0..<0)
      }
      var lines = [0]
      for (offset, byte) in source.bytes.enumerated() where byte == 0x0A { lines.append(offset + 1) }
      return convert(node, lines: lines, bytes: source.bytes, depth: 0)
    } catch let error as YamlError {
      throw fault(error, source)
    } catch {
      throw ConfigurationError(.malformed, "not YAML: \(error)", path: source.path)
    }
  }

  private static func fault(_ error: YamlError, _ source: SourceText) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      ConfigurationError(.malformed, "not YAML: \(problem)", path: source.path, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      ConfigurationError(
        .malformed, "the key “\(duplicates.first ?? "?")” stands twice", path: source.path, line: context.mark.line,
        column: context.mark.column)
    default: ConfigurationError(.malformed, "the file is not YAML", path: source.path)
    }
  }

  private static func offset(_ mark: Mark?, _ lines: [Int], _ bytes: [UInt8]) -> Int {
    guard let mark, lines.indices.contains(mark.line - 1) else { return 0 }
    var offset = lines[mark.line - 1]
    // Columns count Unicode scalars.
    for _ in 1..<max(mark.column, 1) where offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return min(offset, bytes.count)
  }

  private static func convert(_ node: Node, lines: [Int], bytes: [UInt8], depth: Int) -> JSONNode {
    let start = offset(node.mark, lines, bytes)
    guard depth < JSONParser.depthLimit else { return JSONNode(value: .null, bytes: start..<start) }
    switch node {
    case .scalar(let scalar):
      let end = min(start + scalar.string.utf8.count, bytes.count)
      return JSONNode(value: meaning(node, scalar), bytes: start..<max(start, end))
    case .sequence(let sequence):
      return JSONNode(
        value: .array(sequence.map { convert($0, lines: lines, bytes: bytes, depth: depth + 1) }), bytes: start..<start)
    case .mapping(let mapping):
      let members = mapping.map { key, value in
        let keyStart = offset(key.mark, lines, bytes)
        let name = key.scalar?.string ?? ""
        return JSONNode.Member(
          key: name, keyBytes: keyStart..<min(keyStart + name.utf8.count, bytes.count),
          node: convert(value, lines: lines, bytes: bytes, depth: depth + 1))
      }
      return JSONNode(value: .object(members), bytes: start..<min(start + 1, bytes.count))
    case .alias: return JSONNode(value: .null, bytes: start..<start)
    }
  }

  private static func meaning(_ node: Node, _ scalar: Node.Scalar) -> JSONNode.Value {
    if scalar.style == .singleQuoted || scalar.style == .doubleQuoted { return .string(scalar.string) }
    if node.null != nil { return .null }
    if let flag = node.bool { return .bool(flag) }
    if let integer = node.int { return .number(Double(integer), literal: scalar.string) }
    if let number = node.float { return .number(number, literal: scalar.string) }
    // YAML 1.1 reads 1e6 as a text; every trainer means the number.
    if let number = Double(scalar.string), number.isFinite { return .number(number, literal: scalar.string) }
    return .string(scalar.string)
  }
}
