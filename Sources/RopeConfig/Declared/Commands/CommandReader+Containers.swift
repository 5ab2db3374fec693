import RopeJSON

extension CommandReader {
  /// Manifests whose containers start servers or trainers; false for other trees.
  mutating func readContainers(_ tree: JSONNode) -> Bool {
    if tree.member("apiVersion") != nil, let kind = tree.member("kind")?.node.string {
      let name = tree.member("metadata")?.node.member("name")?.node.string ?? ""
      if kind == "ConfigMap" { readFiles(tree.member("data")?.node, "ConfigMap/\(name)") }
      if let preset = tree.member("inference")?.node.member("preset")?.node.member("name"), preset.node.string != nil {
        workspaceModel = CommandOption(.model, path: "model", spelling: "preset", node: preset.node)
      }
      if kind == "LLMInferenceService", let model = tree.member("spec")?.node.member("model")?.node,
        let named = model.member("name") ?? model.member("uri"), named.node.string != nil
      {
        workspaceModel = CommandOption(.model, path: "model", spelling: named.key, node: named.node)
        takesAdditionalWords = true
      }
      let before = commands.count
      readPods(tree, "\(kind)/\(name)", depth: 0)
      takesAdditionalWords = false
      // A resource of an operator has its words beside an engine's name.
      if commands.count == before { readRecipes(tree) }
      return true
    }
    if let services = tree.member("services")?.node.members {
      for service in services { readContainer(service.node, "services." + service.key) }
      for model in tree.member("models")?.node.members ?? [] { readComposedModel(model) }
      return true
    }
    if let models = tree.member("models")?.node.members, models.contains(where: { $0.node.member("cmd") != nil }) {
      let shared = tree.member("macros")?.node
      for model in models { readSwapped(model, shared) }
      return true
    }
    if let models = tree.member("models")?.node.elements, models.contains(where: { $0.member("n_ctx") != nil }) {
      for model in models {
        commands.append(Command(.llamaCpp, source: source, options: options(of: model, .llamaCpp), bytes: model.bytes))
      }
      return true
    }
    if let models = tree.members, models.contains(where: Self.isLoaderSettings) {
      for model in models where Self.isLoaderSettings(model) { readLoaderSettings(model) }
      return true
    }
    if let routes = tree.member("model_list")?.node.elements {
      for route in routes { readRoute(route) }
      return true
    }
    if let specs = tree.member("servingEngineSpec")?.node.member("modelSpec")?.node.elements {
      for spec in specs { readModelSpec(spec) }
      return true
    }
    return false
  }

  /// The files that a map holds as texts, each read as its name says.
  private mutating func readFiles(_ data: JSONNode?, _ name: String) {
    for file in data?.members ?? [] {
      guard let text = file.node.string else { continue }
      let content = PlacedText(text, writtenIn: source.bytes, file.node.bytes), key = file.key.lowercased()
      let before = commands.count
      if key.hasSuffix(".yaml") || key.hasSuffix(".yml") {
        if let tree = try? YAMLReader.read(SourceText(bytes: content.bytes)) { readTree(content.placed(tree)) }
      } else if key.hasSuffix(".sh") {
        readScript(content, readsLoose: false)
      }
      for index in before..<commands.count { commands[index].container = name + "/" + file.key }
    }
  }

  /// Every container below a node, whatever kind of manifest holds it.
  private mutating func readPods(_ node: JSONNode, _ name: String, depth: Int) {
    guard depth < 32 else { return }
    if let image = node.member("image")?.node, image.member("repository") != nil { return readContainer(node, name) }
    for member in node.members ?? [] {
      if ["containers", "initContainers"].contains(member.key), let containers = member.node.elements {
        for container in containers {
          let own = container.member("name")?.node.string.map { " container " + $0 } ?? ""
          readContainer(container, name + own)
        }
      } else if ["mainContainer", "model", "container"].contains(member.key),
        member.node.member("args") != nil || member.node.member("command") != nil
      {
        readContainer(member.node, name)
      } else if ["values", "valuesObject", "serveConfigV2"].contains(member.key), readValues(member.node) {
        continue
      } else {
        readPods(member.node, name, depth: depth + 1)
      }
    }
    for element in node.elements ?? [] { readPods(element, name, depth: depth + 1) }
  }

  /// Values of a chart that a resource installs, or Ray's applications, as a tree or a text; false where nothing is found
  /// in them.
  private mutating func readValues(_ node: JSONNode) -> Bool {
    let before = commands.count
    if node.members != nil {
      readTree(node)
    } else if let text = node.string {
      let content = PlacedText(text, writtenIn: source.bytes, node.bytes)
      if let tree = try? YAMLReader.read(SourceText(bytes: content.bytes)) { readTree(content.placed(tree)) }
    }
    return commands.count > before
  }

  /// The words that a container starts, its image in front of them.
  mutating func readContainer(_ node: JSONNode, _ name: String) {
    var shell = ShellCommand()
    if let image = node.member("image")?.node {
      if let repository = image.member("repository")?.node, let text = repository.string {
        let tag = image.member("tag")?.node
        let content = PlacedText(
          text + ((tag?.string ?? tag?.literal).map { ":" + $0 } ?? ""), at: repository.bytes.lowerBound)
        shell.words.append(ShellWord(content: content, bytes: repository.bytes))
      } else {
        shell.words += words(of: image)
      }
    }
    // KServe chooses the program by the model's format.
    if let format = node.member("modelFormat")?.node.member("name")?.node,
      format.string == "huggingface"
    {
      shell.words.append(
        ShellWord(
          content: PlacedText("huggingfaceserver", at: format.bytes.lowerBound), bytes: format.bytes
        ))
    }
    // What is mounted for it, where no option names the model.
    if let stored = node.member("storageUri")?.node, let address = stored.string, address.hasPrefix("hf://"),
      node.member("args")?.node.elements?.contains(where: { $0.string?.hasPrefix("--model_id") == true }) != true
    {
      let name = PlacedText(String(address.dropFirst(5)), writtenIn: source.bytes, stored.bytes)
      shell.words += [
        ShellWord(content: PlacedText("--model_id", at: stored.bytes.lowerBound), bytes: stored.bytes),
        ShellWord(content: name, bytes: stored.bytes),
      ]
    }
    for key in ["entrypoint", "command", "args"] {
      if let given = node.member(key)?.node { shell.words += words(of: given) }
    }
    let variables = (node.member("environment") ?? node.member("env"))?.node
    let shared = (node.member("envFrom")?.node.elements ?? []).compactMap { source in
      source.member("configMapRef")?.node.member("name")?.node.string.flatMap { maps[$0] }
    }
    shell.environment = shared.flatMap(environment) + (variables.map(environment) ?? [])
    shell.words = shell.words.map { filled($0, from: shell.environment) }
    if takesAdditionalWords,
      let more = shell.environment.lazy.compactMap(\.assignment).last(where: { $0.name == "VLLM_ADDITIONAL_ARGS" })
    {
      shell.words += ShellReader.read(more.value.content).commands.flatMap(\.words)
    }
    let before = commands.count
    read(shell, environment: [], version: nil, container: name, faults: [])
    if commands.count == before, shell.words.count(where: \.isFlag) > 1 {
      readLoose([shell], ShellReader(PlacedText()), version: nil, container: name)
    }
  }

  /// A list of words, or a text that is split into them.
  func words(of node: JSONNode) -> [ShellWord] {
    if let elements = node.elements {
      return elements.flatMap { element -> [ShellWord] in
        guard let written = element.string ?? element.literal else { return [] }
        let text = withSettings(written)
        if text.hasPrefix("${"), text.hasSuffix("}"), let start = text.firstRange(of: ":-")?.upperBound {
          // What a composition takes where nothing else is set.
          let value = String(text[start...].dropLast())
          guard !value.isEmpty, !value.contains("$") else { return [] }
          return [
            ShellWord(content: PlacedText(value, writtenIn: source.bytes, element.bytes), bytes: element.bytes)
          ]
        }
        let content = PlacedText(text, writtenIn: source.bytes, element.bytes)
        let isGap = text.contains("$(") || text.contains("${") || text.contains("{{ ") || text.contains("{{.")
        let word = ShellWord(content: content, bytes: element.bytes, isUnknown: isGap)
        // `- --max-model-len 131072` in one item is meant as two words.
        if text.hasPrefix("--"), let blank = text.firstIndex(of: " "), !text[..<blank].contains("=") {
          let count = text[..<blank].utf8.count
          let name = content.part(0..<count)
          return [ShellWord(content: name, bytes: name.span), word.dropping(count + 1)]
        }
        return [word]
      }
    }
    guard let text = node.string else { return [] }
    // Line ends are blanks here, with or without a backslash.
    let flat = withSettings(text).replacing("\\\n", with: "  ").replacing("\n", with: " ")
    let content = PlacedText(flat, writtenIn: source.bytes, node.bytes)
    return ShellReader.read(content).commands.flatMap { $0.environment + $0.words }
  }

  /// `${NAME}`, `${NAME:-default}` and `$NAME` replaced by what the file beside sets.
  private func withSettings(_ text: String) -> String {
    guard !settings.isEmpty else { return text }
    var result = "", rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let isBraced = rest.first == "{"
      let name = rest.dropFirst(isBraced ? 1 : 0).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let end = isBraced ? rest.firstIndex(of: "}").map(rest.index(after:)) : name.endIndex
      if let value = settings[String(name)], let end {
        result += value
        rest = rest[end...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }

  /// `$(NAME)` of a manifest, where the container sets the variable.
  private func filled(_ word: ShellWord, from environment: [ShellWord]) -> ShellWord {
    let text = word.text
    guard text.hasPrefix("$("), text.hasSuffix(")"),
      let value = environment.lazy.compactMap(\.assignment).last(where: {
        $0.name == text.dropFirst(2).dropLast()
      })?.value
    else { return word }
    return value
  }

  func environment(_ node: JSONNode) -> [ShellWord] {
    func word(_ name: String, _ value: JSONNode?) -> ShellWord? {
      guard let value, let text = value.string ?? value.literal else { return nil }
      var content = PlacedText(name + "=", at: value.bytes.lowerBound)
      content.append(PlacedText(text, writtenIn: source.bytes, value.bytes))
      return ShellWord(content: content, bytes: value.bytes, isUnknown: text.contains("${"))
    }
    if let members = node.members { return members.compactMap { word($0.key, $0.node) } }
    return (node.elements ?? []).flatMap { element -> [ShellWord] in
      if let name = element.member("name")?.node.string {
        let reference = element.member("valueFrom")?.node.member("configMapKeyRef")?.node
        let mapped = reference?.member("name")?.node.string.flatMap { maps[$0] }
          .flatMap { map in reference?.member("key")?.node.string.flatMap(map.member)?.node }
        return [word(name, element.member("value")?.node ?? mapped)].compactMap { $0 }
      }
      return words(of: element)
    }
  }
}

extension JSONNode {
  /// `${a.b}`, as OmegaConf has it, replaced by the single value that stands there in the same tree.
  func resolvingReferences() -> JSONNode { resolved(in: self, depth: 0) }

  private func resolved(in root: JSONNode, depth: Int) -> JSONNode {
    switch value {
    case .object(let members):
      let resolved = members.map {
        Member(key: $0.key, keyBytes: $0.keyBytes, node: $0.node.resolved(in: root, depth: depth))
      }
      return JSONNode(value: .object(resolved), bytes: bytes, document: document)
    case .array(let elements):
      return JSONNode(
        value: .array(elements.map { $0.resolved(in: root, depth: depth) }), bytes: bytes, document: document)
    case .string(let text):
      let name = text.dropFirst(2).dropLast()
      guard depth < 8, text.hasPrefix("${"), text.hasSuffix("}"),
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }),
        let target = root.value(at: name.split(separator: ".").map(String.init)),
        target.string != nil || target.literal != nil
      else { return self }
      return JSONNode(value: target.value, bytes: bytes, document: document).resolved(in: root, depth: depth + 1)
    case .number, .bool, .null: return self
    }
  }

  /// A number or flag as it is spelled.
  var literal: String? {
    switch value {
    case .number(_, let literal): literal
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }
}
