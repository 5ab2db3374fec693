import RopeConfig
import RopeJSON
import RopeMath

extension RunOption {
  /// Declared YAML text; what is no YAML mapping has no options.
  static func parse(yaml text: String?) -> [RunOption] {
    guard let text else { return [] }
    let source = SourceText(bytes: Array(text.utf8))
    guard let node = try? YAMLReader.read(source) else { return [] }
    return flatten(node, kind: .yaml, source: source)
  }

  /// Every value of a tree under its path; objects stand for themselves as well.
  static func flatten(_ node: JSONNode, kind: Kind, source: SourceText, under prefix: String = "") -> [RunOption] {
    (node.members ?? []).flatMap { member -> [RunOption] in
      let path = prefix.isEmpty ? member.key : prefix + "." + member.key
      let place = JSONNode(value: member.node.value, bytes: member.keyBytes.lowerBound..<max(member.keyBytes.upperBound, member.node.bytes.upperBound))
      let own = RunOption(kind: kind, path: path, spelling: member.key, node: place, source: source)
      return [own] + flatten(member.node, kind: kind, source: source, under: path)
    }
  }
}
