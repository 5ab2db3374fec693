import RopeJSON

/// Files that list models with the settings that each is served with.
extension CommandReader {
  /// A model of LiteLLM's proxy, which hands on what stands beside `PROVIDER/NAME`; providers elsewhere are left out.
  mutating func readRoute(_ route: JSONNode) {
    guard let parameters = route.member("litellm_params")?.node, let model = parameters.member("model")?.node,
      let name = model.string, let slash = name.firstIndex(of: "/"),
      let format = ["ollama": CommandFormat.ollama, "ollama_chat": .ollama, "hosted_vllm": .vllm, "vllm": .vllm][
        String(name[..<slash])]
    else { return }
    var options = options(of: parameters, format).map { option in
      option.path == "max_tokens"
        ? CommandOption(
          .newTokens, path: option.path, spelling: option.spelling, node: option.node, bytes: option.bytes) : option
    }
    let served = JSONNode(value: .string(String(name[name.index(after: slash)...])), bytes: model.bytes)
    options.append(CommandOption(.model, path: "model", spelling: "model", node: served, bytes: model.bytes))
    var command = Command(format, source: source, options: options, bytes: parameters.bytes)
    command.container = "model_list " + (route.member("model_name")?.node.string ?? "")
    commands.append(command)
  }

  /// A model of vLLM's production stack (its Helm chart's `values.yaml`): the image in `repository` and `tag`, the model,
  /// and what of `vllmConfig` is a length or a list of words.
  mutating func readModelSpec(_ spec: JSONNode) {
    func word(_ text: String, at node: JSONNode) -> ShellWord {
      ShellWord(content: PlacedText(text, at: node.bytes.lowerBound), bytes: node.bytes)
    }
    guard let image = spec.member("repository")?.node, let name = image.string else { return }
    let tag = spec.member("tag")?.node.string.map { ":" + $0 } ?? ""
    var shell = ShellCommand()
    shell.words.append(word(name + tag, at: image))
    let settings = spec.member("vllmConfig")?.node
    for (flag, node) in [
      ("--model", spec.member("modelURL")?.node), ("--max-model-len", settings?.member("maxModelLen")?.node),
    ] {
      if let node, let text = node.string ?? node.literal {
        shell.words += [word(flag, at: node), word(text, at: node)]
      }
    }
    if let extra = settings?.member("extraArgs")?.node { shell.words += words(of: extra) }
    read(
      shell, environment: [], version: nil, container: "modelSpec " + (spec.member("name")?.node.string ?? ""),
      faults: [])
  }

  /// llama-swap's `models: {NAME: {cmd: …}}`; macros are written into the command.
  mutating func readSwapped(_ model: JSONNode.Member, _ shared: JSONNode?) {
    guard let command = model.node.member("cmd")?.node, let text = command.string else { return }
    var reader = ShellReader(
      PlacedText(text.replacing("\\\n", with: "  ").replacing("\n", with: " "), writtenIn: source.bytes, command.bytes))
    for macro in (shared?.members ?? []) + (model.node.member("macros")?.node.members ?? []) {
      guard let value = macro.node.string ?? macro.node.literal else { continue }
      let content = PlacedText(value, writtenIn: source.bytes, macro.node.bytes)
      reader.variables[macro.key] = ShellWord(content: content, bytes: macro.node.bytes)
    }
    reader.readAll()
    let variables = model.node.member("env")?.node.elements?.flatMap { words(of: $0) } ?? []
    for var shell in reader.commands {
      shell.environment += variables
      read(shell, environment: [], version: nil, container: "models." + model.key, faults: reader.faults)
    }
  }

  /// A model of a composition, which Docker Model Runner serves: `context_size`, and the words of `runtime_flags`.
  mutating func readComposedModel(_ model: JSONNode.Member) {
    guard model.node.member("model")?.node.string != nil else { return }
    var command = Command(
      .dockerModels, source: source, options: options(of: model.node, .dockerModels), bytes: model.node.bytes)
    if let flags = model.node.member("runtime_flags")?.node {
      command.options += CommandWords(format: .dockerModels, source: source).options(
        words(of: flags), takesPositional: false)
    }
    command.container = "models." + model.key
    commands.append(command)
  }

  /// Whether a member holds what text-generation-webui loads models with, under a pattern of their names:
  /// `llama-3-8b.*Q4_K_M.gguf$` (its `models_settings.py`).
  static func isLoaderSettings(_ member: JSONNode.Member) -> Bool {
    let keys = ["loader", "n_ctx", "ctx_size", "max_seq_len", "truncation_length", "compress_pos_emb", "alpha_value"]
    return member.key.hasSuffix("$") && keys.contains { member.node.member($0) != nil }
  }

  /// The settings of one pattern; one that fits many names tells no model.
  mutating func readLoaderSettings(_ member: JSONNode.Member) {
    let name = String(String.UnicodeScalarView(member.key.unicodeScalars.dropLast().filter { $0 != "\\" }))
    guard name.utf8.allSatisfy({ PythonScanner.isName($0) || "-.".utf8.contains($0) }) else { return }
    let model = JSONNode(value: .string(name), bytes: member.keyBytes)
    var command = Command(
      .textGenerationWebUI, source: source, options: options(of: member.node, .textGenerationWebUI),
      bytes: member.keyBytes.lowerBound..<max(member.keyBytes.upperBound, member.node.bytes.upperBound))
    command.options.append(CommandOption(.model, path: "model", spelling: member.key, node: model))
    command.container = name
    commands.append(command)
  }
}
