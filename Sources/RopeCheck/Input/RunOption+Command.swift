import RopeConfig
import RopeJSON

extension RunOption {
  /// The options of a command, under the names that its program has for them.
  static func options(of command: Command) -> [RunOption] {
    let kind: Kind =
      switch command.format.name {
      case "llama-factory": .llamaFactory
      case "axolotl": .axolotl
      case "torchtitan": .torchTitan
      // A few options as quoted do not show what else a run was given.
      case "megatron": command.program.isEmpty && command.source.path == nil ? .trainer : .megatron
      default: command.format.kind == .trainer ? .trainer : command.tree == nil ? .commandLine : .yaml
      }
    return command.options.filter { !$0.isUnknown }.map { option in
      RunOption(
        kind: kind, path: option.path, spelling: option.spelling,
        node: JSONNode(value: option.node.value, bytes: option.bytes), source: command.source)
    }
  }

  /// Options of a command line as typed.
  static func parse(commandLine text: String?, hint: String? = nil) -> [RunOption] {
    commands(commandLine: text, hint: hint).flatMap(options)
  }

  static func commands(commandLine text: String?, hint: String?) -> [Command] {
    guard let text else { return [] }
    return (try? CommandReader.commands(in: SourceText(bytes: Array(text.utf8)), hint: hint)) ?? []
  }

  /// Declared YAML text; what is no YAML mapping has no options.
  static func parse(yaml text: String?) -> [RunOption] {
    guard let text else { return [] }
    let source = SourceText(bytes: Array(text.utf8))
    guard let node = try? YAMLReader.read(source) else { return [] }
    return flatten(node, kind: .yaml, source: source)
  }

  /// Every value of a tree under its path; objects stand for themselves as well.
  private static func flatten(_ node: JSONNode, kind: Kind, source: SourceText, under prefix: String = "")
    -> [RunOption]
  {
    (node.members ?? []).flatMap { member -> [RunOption] in
      let path = prefix.isEmpty ? member.key : prefix + "." + member.key
      let bytes = member.keyBytes.lowerBound..<max(member.keyBytes.upperBound, member.node.bytes.upperBound)
      let place = JSONNode(value: member.node.value, bytes: bytes)
      let own = RunOption(kind: kind, path: path, spelling: member.key, node: place, source: source)
      return [own] + flatten(member.node, kind: kind, source: source, under: path)
    }
  }

  /// What files beside a configuration say of lengths.
  private static let companions: [String: (kind: Kind, keys: [String])] = [
    "tokenizer_config.json": (.tokenizer, ["model_max_length", "padding_side", "truncation_side"]),
    "generation_config.json": (.generation, ["max_new_tokens"]),
    "config.json": (.draft, ["max_position_embeddings"]),
  ]

  /// The same of one of them, by its name.
  static func companion(_ source: SourceText, _ name: String) throws(ConfigurationError) -> [RunOption] {
    guard let (kind, keys) = companions[name] else { return [] }
    let declaration = try Declaration(source)
    return keys.compactMap { key in
      declaration.root.node.member(key).map {
        RunOption(kind: kind, path: "\(kind)." + key, spelling: key, node: $0.node, source: source)
      }
    }
  }
}
