import RopeConfig
import RopeJSON
import RopeMath

/// What a printed line does to a configuration, written once more from the servers' sources, without the product's own
/// editor.
enum AppliedSettings {
  /// The configuration as the runtime sees it; nil for options that no key of a configuration says.
  static func declaration(
    _ kind: RuntimeSettings.Kind, _ text: String, on file: JSONNode, runtime: Runtime
  ) throws -> Declaration? {
    var root = file
    switch kind {
    case .code, .file: return nil
    case .configuration:
      guard runtime.name != "deepseek" else { return nil }
      if !text.isEmpty { root = merged(root, try object(text), depth: 0) { key, _ in key.hasSuffix("_config") } }
    case .arguments:
      guard ["vllm", "sglang"].contains(runtime.name) else { return nil }
      let words = shellWords(text)
      for (index, word) in words.enumerated() where word.hasPrefix("--") {
        let value = words[index + 1]
        switch word {
        case "--hf-overrides":
          // A sub-configuration is updated to any depth, another dictionary takes the place of the file's.
          root = merged(alias(root, try object(value)), try object(value), depth: 0) { key, depth in
            depth > 0 || key.hasSuffix("_config")
          }
        case "--json-model-override-args":
          root = merged(alias(root, try object(value)), try object(value), depth: 0) { key, depth in
            depth == 0 && (key.hasSuffix("_config") || key.hasPrefix("rope_"))
          }
        case "--rope-scaling": root = set("rope_scaling", try object(value), in: root)
        case "--rope-theta": root = set("rope_theta", try object(value), in: root)
        case "--max-model-len", "--context-length": break
        default: return nil
        }
      }
    }
    return Declaration(SourceText(bytes: []), root: DeclaredValue(key: "", node: root, pointer: ""))
  }

  /// transformers keeps one dictionary under both names.
  private static func alias(_ root: JSONNode, _ change: JSONNode) -> JSONNode {
    var root = root
    for member in change.members ?? [] where member.key.hasSuffix("_config") {
      if let own = root.member(member.key)?.node { root = set(member.key, alias(own, member.node), in: root) }
    }
    for (new, old) in [("rope_parameters", "rope_scaling"), ("rope_scaling", "rope_parameters")]
    where change.member(new) != nil {
      if let dictionary = root.member(old)?.node, dictionary.members?.isEmpty == false,
        root.member(new)?.node.members == nil
      {
        root = set(new, dictionary, in: root)
      }
      root = set(old, nil, in: root)
    }
    return root
  }

  private static func merged(
    _ root: JSONNode, _ change: JSONNode, depth: Int, into: (String, Int) -> Bool
  ) -> JSONNode {
    var root = root
    for member in change.members ?? [] {
      if into(member.key, depth), let own = root.member(member.key)?.node, own.members != nil,
        member.node.members != nil
      {
        root = set(member.key, merged(own, member.node, depth: depth + 1, into: into), in: root)
      } else {
        root = set(member.key, member.node, in: root)
      }
    }
    return root
  }

  private static func set(_ key: String, _ node: JSONNode?, in root: JSONNode) -> JSONNode {
    var members = (root.members ?? []).filter { $0.key != key }
    if let node { members.append(JSONNode.Member(key: key, keyBytes: 0..<0, node: node)) }
    return JSONNode(value: .object(members), bytes: 0..<0)
  }

  private static func object(_ text: String) throws -> JSONNode {
    try JSONParser.parse(SourceText(bytes: Array(text.utf8)))
  }

  /// Words between blanks, `'…'` as one.
  static func shellWords(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var escapes = false
    for character in text {
      if escapes {
        word.append(character)
        escapes = false
      } else if character == "'" {
        isQuoted.toggle()
      } else if character == "\\", !isQuoted {
        escapes = true
      } else if character == " ", !isQuoted {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return words + [word]
  }
}
