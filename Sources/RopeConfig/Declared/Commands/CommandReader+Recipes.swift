import RopeJSON

/// Commands in files of other programs: recipes that hold a script, images and units that start a server.
extension CommandReader {
  // MARK: Trees

  /// Scripts below `run`, as in SkyPilot's tasks and the steps of a workflow, lists of words, and models of Ray Serve.
  mutating func readRecipes(
    _ node: JSONNode, installed: String = "", variables: [ShellWord] = [], depth: Int = 0
  ) {
    guard depth < 16 else { return }
    let setup = installed + (node.member("setup")?.node.string ?? "")
    // A chart's values: the image, and variables beside it.
    if node.member("image")?.node.member("repository") != nil, node.member("env") != nil,
      Self.wordKeys.isDisjoint(with: (node.members ?? []).map(\.key))
    {
      return readContainer(node, "image")
    }
    // A container of a file that is no composition: Ansible's, llm-d's values.
    if node.member("image")?.node.string != nil, !Self.containerKeys.isDisjoint(with: (node.members ?? []).map(\.key)) {
      return readContainer(node, "image")
    }
    if let name = node.member("modelArtifacts")?.node.member("name"), name.node.string != nil {
      workspaceModel = CommandOption(.model, path: "model", spelling: name.key, node: name.node)
    }
    let own = variables + Self.variableKeys.compactMap { node.member($0)?.node }.flatMap(environment)
    for member in node.members ?? [] {
      if member.key == "run", let text = member.node.string {
        let version = Self.version(installedBy: setup)
        let content = filled(PlacedText(text, writtenIn: source.bytes, member.node.bytes), from: own)
        readScript(content, version: version, container: "run", environment: own, readsLoose: false)
      } else if member.key == "llm_configs" {
        for model in member.node.elements ?? [] { readServedModel(model) }
      } else if let server = Self.server(toldBy: member.node, named: member.key) {
        var command = Command(
          server, source: source, options: options(of: member.node, server), bytes: member.node.bytes)
        command.tree = member.node
        command.container = member.key
        commands.append(command)
      } else if Self.wordKeys.contains(member.key),
        member.node.string != nil || member.node.elements?.allSatisfy({ $0.string != nil || $0.literal != nil }) == true
      {
        readWords(member.node, beside: node, environment: own)
      } else if let text = startedText(member.node, own) {
        readScript(text, container: member.key, environment: own, readsLoose: false)
      } else {
        readRecipes(member.node, installed: setup, variables: own, depth: depth + 1)
      }
    }
    for element in node.elements ?? [] {
      if let text = startedText(element, own) {
        readScript(text, container: "commands", environment: own, readsLoose: false)
      } else {
        readRecipes(element, installed: setup, variables: own, depth: depth + 1)
      }
    }
  }

  /// A text that starts a known program with options, under whatever key; nil for others, such as prose that names one.
  private func startedText(_ node: JSONNode, _ variables: [ShellWord]) -> PlacedText? {
    guard let text = node.string, text.contains(" -") else { return nil }
    let content = filled(PlacedText(text, writtenIn: source.bytes, node.bytes), from: variables)
    guard let first = ShellReader.read(content).commands.first(where: { !$0.words.isEmpty }),
      let start = Self.program(of: first.words)?.start
    else {
      // `sh -c "vllm serve …"`
      return text.hasPrefix("sh -c ") || text.hasPrefix("bash -c ") ? content : nil
    }
    let before = first.words[..<start].map(\.fileName)
    return before.allSatisfy {
      $0.hasPrefix("-") || ["python", "python3", "exec", "env", "nohup", "sudo"].contains($0)
    }
      ? content : nil
  }

  /// Keys under which workflows, tasks and playbooks set variables for what stands beside them.
  private static let variableKeys = ["envs", "env", "variables", "vars", "environment"]

  /// What a runner fills in by the names of variables, as a shell would take it.
  private func filled(_ text: PlacedText, from variables: [ShellWord]) -> PlacedText {
    TemplateText.shellText(text, names: Set(variables.compactMap { $0.assignment?.name }))
  }

  private static let containerKeys: Set = ["command", "args", "entrypoint"]

  private static let wordKeys: Set = [
    "command", "cmd", "args", "entrypoint", "extraArgs", "extra_args", "engineArgs", "vllmArgs", "backend_parameters",
  ]

  /// The server whose settings stand in a part of another program's file: its model among them, or under its name.
  private static func server(toldBy node: JSONNode, named key: String) -> CommandFormat? {
    guard node.member("model")?.node.string != nil || CommandFormats.all.contains(where: { $0.name == key }) else {
      return nil
    }
    return CommandFormats.all.first { $0.kind == .server && $0.document?(node) == true }
  }

  /// A list of words, or a text of them, beside the image or the engine that it is for, and the model.
  private mutating func readWords(_ node: JSONNode, beside whole: JSONNode, environment: [ShellWord]) {
    var shell = ShellCommand(words: words(of: node))
    func word(_ text: String, at node: JSONNode) -> ShellWord {
      ShellWord(content: PlacedText(text, at: node.bytes.lowerBound), bytes: node.bytes)
    }
    let image = whole.member("image")?.node.members == nil ? whole : whole.member("image")?.node ?? whole
    var started: [ShellWord] = []
    if let name = image.member("repository")?.node, let text = name.string {
      started = [word(text + (image.member("tag")?.node.string.map { ":" + $0 } ?? ""), at: name)]
    } else if let engine = (whole.member("backend") ?? whole.member("engine"))?.node,
      engine.string?.lowercased() == "vllm"
    {
      started = [word("vllm", at: engine), word("serve", at: engine)]
    } else if let program = (whole.member("script") ?? whole.member("module"))?.node, program.string != nil {
      // An application of pm2, or what an editor starts.
      shell.words.insert(contentsOf: words(of: program), at: 0)
    }
    if !started.isEmpty, !shell.words.contains(where: { $0.text.hasPrefix("--model") }),
      let model = ["model", "modelName", "modelURL", "url", "huggingface_repo_id"].lazy.compactMap({
        whole.member($0)?.node
      })
      .first,
      let name = model.string
    {
      started += [word("--model", at: model), word(name, at: model)]
    }
    shell.words.insert(contentsOf: started, at: 0)
    read(shell, environment: environment, version: nil, container: "command", faults: [])
  }

  private static func version(installedBy text: String) -> String? {
    guard !text.isEmpty else { return nil }
    return installedVersion(ShellReader.read(PlacedText(Array(text.utf8), 0..<text.utf8.count)).commands)
  }

  /// A model of Ray Serve: `engine_kwargs` are vLLM's options.
  private mutating func readServedModel(_ model: JSONNode) {
    guard let engine = model.member("engine_kwargs")?.node, engine.members != nil else { return }
    var command = Command(
      .vllm, source: source, options: options(of: engine, .vllm), bytes: engine.bytes)
    let loading = model.member("model_loading_config")?.node
    if let place = loading?.member("model_source") ?? loading?.member("model_id"), place.node.string != nil {
      command.options.append(
        CommandOption(.model, path: "model", spelling: place.key, node: place.node, bytes: place.node.bytes))
    }
    command.container = "llm_configs"
    commands.append(command)
  }

  // MARK: Images

  /// What an image starts: its `FROM`, `ENTRYPOINT` and `CMD`, as words or as a list of them; the last stage counts.
  mutating func readDockerfile() {
    var image: [ShellWord] = [], entry: [ShellWord] = [], arguments: [ShellWord] = [], variables: [ShellWord] = []
    for line in joinedLines {
      guard let keyword = line.text.split(separator: " ", maxSplits: 1).first, let first = line.bytes.first, first != 35
      else { continue }
      let rest = line.part(min(keyword.utf8.count, line.bytes.count)..<line.bytes.count)
      switch keyword.uppercased() {
      case "FROM": (image, entry, arguments, variables) = (Array(words(rest).prefix(1)), [], [], [])
      case "ENTRYPOINT": (entry, arguments) = (words(rest), [])
      case "CMD": arguments = words(rest)
      case "ENV": variables += words(rest)
      default: break
      }
    }
    let shell = ShellCommand(words: image + entry + arguments, environment: variables)
    guard entry.count + arguments.count > 0 else { return }
    read(shell, environment: [], version: nil, container: "image", faults: [])
  }

  // MARK: Units

  /// What a unit of systemd or a program of supervisord starts, with the variables that it sets.
  mutating func readUnit() {
    let settings = joinedLines.compactMap { line in
      line.bytes.firstIndex(of: UInt8(ascii: "=")).map { equals in
        (key: line.part(0..<equals).text, rest: line.part(equals + 1..<line.bytes.count))
      }
    }
    // Their order does not matter.
    let variables = settings.filter { $0.key.lowercased() == "environment" }.flatMap { words($0.rest) }
    // Podman's unit of a container.
    if let image = settings.first(where: { $0.key == "Image" }) {
      let arguments = settings.filter { $0.key == "Exec" }.flatMap { words($0.rest) }
      let shell = ShellCommand(words: words(image.rest) + arguments, environment: variables)
      return read(shell, environment: [], version: nil, container: "image", faults: [])
    }
    // supervisord's programs.
    for setting in settings where ["ExecStart", "command"].contains(setting.key) {
      readScript(setting.rest, container: setting.key, environment: variables, readsLoose: false)
    }
  }

  /// What launchd starts: the texts of the list behind `ProgramArguments`.
  mutating func readPropertyList() {
    let code = whole, text = code.text
    guard let key = text.firstRange(of: "<key>ProgramArguments</key>")?.upperBound,
      let end = text[key...].firstRange(of: "</array>")?.lowerBound
    else { return }
    var words: [ShellWord] = [], rest = text[key..<end]
    while let open = rest.firstRange(of: "<string>")?.upperBound,
      let close = rest[open...].firstRange(of: "</string>")
    {
      let word = code.part(text[..<open].utf8.count..<text[..<close.lowerBound].utf8.count)
      words.append(ShellWord(content: word, bytes: word.span))
      rest = rest[close.upperBound...]
    }
    read(ShellCommand(words: words), environment: [], version: nil, container: "ProgramArguments", faults: [])
  }

  /// Blocks of HashiCorp's language (Terraform, Nomad): the words of a container behind its image.
  mutating func readBlocks() {
    let code = whole
    var scanner = PythonScanner(code, calls: [])
    scanner.run()
    var words: [ShellWord] = []
    func take(_ reader: inout CommandReader) {
      if words.count > 1 {
        reader.read(ShellCommand(words: words), environment: [], version: nil, container: "image", faults: [])
      }
      words = []
    }
    for block in scanner.assigned {
      switch block.name {
      case "image":
        take(&self)
        words = self.words(of: code.placed(block.node))
      case "command", "entrypoint", "args": words += self.words(of: code.placed(block.node))
      default: break
      }
    }
    take(&self)
  }

  /// Lines, those that end in a backslash joined to the next.
  private var joinedLines: [PlacedText] {
    var lines: [PlacedText] = [], line = PlacedText(), start = source.start
    for part in source.bytes[source.start...].split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += part.count + 1 }
      let content = part.last == 0x0D ? part.dropLast() : part
      let continues = content.last == UInt8(ascii: "\\")
      line.append(PlacedText(source.bytes, start..<start + content.count - (continues ? 1 : 0)))
      if continues { continue }
      lines.append(line)
      line = PlacedText()
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private func words(_ text: PlacedText) -> [ShellWord] {
    if text.bytes.first(where: { $0 != 0x20 }) == UInt8(ascii: "["),
      let list = try? JSONParser.parse(SourceText(bytes: text.bytes)), let elements = list.elements
    {
      return elements.compactMap { element in
        element.string.map { word in
          let place = text.span(element.bytes)
          return ShellWord(content: PlacedText(word, writtenIn: source.bytes, place), bytes: place)
        }
      }
    }
    return ShellReader.read(text).commands.flatMap { $0.environment + $0.words }
  }
}
