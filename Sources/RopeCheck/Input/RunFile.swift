import RopeConfig
import RopeJSON

/// A trainer's or tokenizer's file: its options, and the configuration that it carries inside.
struct RunFile: Sendable {
  let kind: RunOption.Kind
  let source: SourceText
  let tree: JSONNode
  let options: [RunOption]

  /// The model that the file names: a hub name or a path.
  var model: String? {
    for name in ["model_name_or_path", "base_model", "model.hf_assets_path", "load"] {
      if let text = options.first(where: { $0.path == name })?.node.string { return text }
    }
    return nil
  }

  /// Overrides of the model's configuration that the file carries.
  var overrides: DeclaredValue? {
    DeclaredValue(key: "", node: tree, pointer: "").member("overrides_of_model_config").flatMap { value in
      value.node.members == nil ? nil : DeclaredValue(key: "", node: value.node, pointer: "")
    }
  }

  /// What a file is, by its name and contents; nil where it is none of a trainer's.
  static func read(_ source: SourceText, name: String) throws(ConfigurationError) -> RunFile? {
    let lower = name.lowercased()
    if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") {
      let tree = try YAMLReader.read(source)
      func has(_ keys: String...) -> Bool { keys.contains { tree.member($0) != nil } }
      let kind: RunOption.Kind
      if has("model_name_or_path") || has("cutoff_len") || has("finetuning_type") {
        kind = .llamaFactory
      } else if has("base_model") && has("sequence_len", "adapter", "datasets", "overrides_of_model_config", "micro_batch_size") {
        kind = .axolotl
      } else if has("max-model-len", "max_model_len", "hf-overrides", "hf_overrides", "rope-scaling", "context-length") {
        kind = .yaml
      } else {
        return nil
      }
      return RunFile(kind: kind, source: source, tree: tree, options: RunOption.flatten(tree, kind: kind, source: source))
    }
    if lower.hasSuffix(".toml") {
      let tree = try TOMLReader.read(source)
      guard tree.member("training")?.node.members != nil, tree.member("model")?.node.members != nil else { return nil }
      return RunFile(kind: .torchTitan, source: source, tree: tree, options: RunOption.flatten(tree, kind: .torchTitan, source: source))
    }
    if lower.hasSuffix(".args") || lower.hasSuffix(".sh") {
      let megatron = ["--max-position-embeddings", "--position-embedding-type", "--rotary-base", "--use-rope-scaling", "--rotary-percent"]
      let serving = ["--max-model-len", "--hf-overrides", "--rope-scaling", "--rope-freq-base", "--rope-freq-scale", "--context-length", "--ctx-size"]
      let text = String(decoding: source.bytes, as: UTF8.self)
      let isMegatron = megatron.contains { text.contains($0) }
      guard isMegatron || serving.contains(where: { text.contains($0) }) else { return nil }
      let kind: RunOption.Kind = isMegatron ? .megatron : .commandLine
      return RunFile(
        kind: kind, source: source, tree: JSONNode(value: .object([]), bytes: 0..<0),
        options: RunOption.parse(words: source, kind: kind))
    }
    return nil
  }

  static func tokenizer(_ source: SourceText) throws(ConfigurationError) -> RunFile {
    let declaration = try Declaration(source)
    let options = ["model_max_length", "padding_side", "truncation_side"].compactMap { key in
      declaration.root.node.member(key).map {
        RunOption(kind: .tokenizer, path: "tokenizer." + key, spelling: key, node: $0.node, source: source)
      }
    }
    return RunFile(kind: .tokenizer, source: source, tree: declaration.root.node, options: options)
  }
}
