import RopeJSON
import RopeText

extension CommandReader {
  /// Keyword arguments of known calls in a Python file or notebook.
  mutating func readPython() {
    guard name.hasSuffix(".ipynb") else {
      return readPython(whole)
    }
    guard let tree = try? JSONParser.parse(source) else { return }
    var code = PlacedText()
    var shell = PlacedText()
    for cell in tree.member("cells")?.node.elements ?? [] where cell.member("cell_type")?.node.string == "code" {
      guard let written = cell.member("source")?.node else { continue }
      var isShell = false
      let parts = (written.elements ?? [written]).compactMap { part in
        part.string.map { PlacedText($0, writtenIn: source.bytes, part.bytes) }
      }
      for line in parts.flatMap(\.lines) {
        let text = line.text
        // `%%bash` makes a cell a script, `!` a line and those that continue it.
        if ["%%bash", "%%sh", "%%shell", "%%script"].contains(where: text.hasPrefix)
          || text.hasPrefix("%%writefile") && text.trimmed.hasSuffix(".sh")
        {
          isShell = true
        } else if isShell || text.drop(while: { $0 == " " }).hasPrefix("!")
          || shell.bytes.suffix(2) == [0x5C, 0x0A]
        {
          let start = isShell ? 0 : line.bytes.firstIndex(of: UInt8(ascii: "!")).map { $0 + 1 } ?? 0
          shell.append(line.part(start..<line.bytes.count))
        } else {
          code.append(line)
        }
      }
      code.append(0x0A, from: code.origins.last ?? 0)
      shell.append(0x0A, from: shell.origins.last ?? 0)
    }
    readPython(code)
    readScript(shell, container: "notebook", readsLoose: false)
  }

  mutating func readPython(_ code: PlacedText) {
    let text = code.text
    let formats = CommandFormats.all.filter { format in
      format.calls.contains {
        text.contains($0.needs) && text.contains($0.name.split(separator: ".").last ?? "")
      }
    }
    let starts = ["subprocess", "Popen", "os.system", "shell", "_cmd(", "bash_command", "from fabric", "from invoke"]
      .contains(where: text.contains)
    let settings = CommandFormats.all.first { $0.variables.map { text.contains($0.needs) } == true }
    guard starts || !formats.isEmpty || settings != nil || text.contains("megatron.bridge") else { return }
    var scanner = PythonScanner(
      code,
      calls: formats.flatMap { format in format.calls.map { (format, $0) } }.filter {
        text.contains($0.1.needs)
      })
    scanner.run()
    if starts {
      readWordLists(code, scanner)
      readTexts(code, scanner.names)
    }
    var found: [Command] = []
    for call in scanner.found {
      let options = call.arguments.flatMap { argument in
        argument.spread(call.spreads).map { option($0, of: call, code) }
      }
      if call.format.joinsCalls, let index = found.firstIndex(where: { $0.format.name == call.format.name }) {
        found[index].options += options
        continue
      }
      let variables = scanner.environment.map { variable in
        CommandOption(
          nil, path: variable.name.lowercased(), spelling: variable.name,
          node: code.placed(variable.node),
          bytes: code.span(variable.bytes), isEnvironment: true)
      }
      var command = Command(
        call.format, source: source, options: variables + options, bytes: code.span(call.bytes))
      command.program = [call.name]
      command.container = "python"
      found.append(command)
    }
    if let settings, let names = settings.variables?.names {
      let own = scanner.assigned.filter { names.contains($0.name) }
      if let first = own.first, let last = own.last {
        let options = own.map { name in
          CommandOption(
            settings.meaning(of: name.name), path: name.name, spelling: name.name, node: code.placed(name.node),
            bytes: code.span(name.bytes))
        }
        found = [
          Command(
            settings, source: source, options: options,
            bytes: code.span(first.bytes).lowerBound..<code.span(last.bytes).upperBound)
        ]
      }
    }
    // A model that is built in the file is handed to TRL's trainer.
    if let index = found.firstIndex(where: { $0.format.name == "trl" }), found[index].modelReference == nil,
      let model = found.first(where: { $0.format.name == "from_pretrained" })?.option(.model)
    {
      found[index].options.append(model)
    }
    // Unsloth's models are trained by TRL: the model's call says it all.
    if found.contains(where: { $0.format.name == "unsloth" }) {
      found.removeAll { $0.format.name == "trl" || $0.format.name == "from_pretrained" }
    }
    for format in Set(found.map(\.format.name)) {
      guard let index = found.firstIndex(where: { $0.format.name == format }) else { continue }
      let names = found[index].format.calls.reduce(into: Set<String>()) { $0.formUnion($1.attributes) }
      found[index].options += scanner.attributes.compactMap { attribute in
        let path = CommandOption.path(of: attribute.name)
        guard let name = path.split(separator: ".").last.map(String.init), names.contains(name) else { return nil }
        let isOwn = found[index].format.options[name] != nil && found[index].format.name != "from_pretrained"
        return CommandOption(
          isOwn ? found[index].format.meaning(of: name) : nil, path: isOwn ? name : path, spelling: attribute.name,
          node: code.placed(attribute.node), bytes: code.span(attribute.bytes))
      }
    }
    if let index = found.firstIndex(where: { $0.format.name == "megatron-bridge" }) {
      found[index].options += assigned(scanner, code)
    } else if text.contains("megatron.bridge"), case let options = assigned(scanner, code),
      let first = options.first, let last = options.last
    {
      var command = Command(
        .megatronBridge, source: source, options: options, bytes: first.bytes.lowerBound..<last.bytes.upperBound)
      command.container = "python"
      found.append(command)
    }
    commands += found
  }

  private func option(
    _ argument: PythonScanner.Argument, of call: PythonScanner.Found, _ code: PlacedText
  ) -> CommandOption {
    // Variables of the environment stand for options here as well.
    let path = call.format.environment[argument.name] ?? argument.name
    let canonical = call.format.meaning(of: path)
    let bytes = code.span(argument.bytes)
    let node = code.placed(argument.node)
    let takesText = call.format.calls.contains { $0.jsonTexts.contains(argument.name) }
    if takesText, !argument.isUnknown, let text = argument.node.string {
      let word = ShellWord(content: PlacedText(text, writtenIn: source.bytes, node.bytes), bytes: node.bytes)
      return CommandOption(
        canonical, path: path, spelling: argument.name, word: word, from: bytes.lowerBound, syntax: .json,
        source: source)
    }
    return CommandOption(
      canonical, path: path, spelling: argument.name, node: node, bytes: bytes, isUnknown: argument.isUnknown,
      isPython: takesText && node.members != nil)
  }

  /// `cfg.model.seq_length = 131072`
  private func assigned(_ scanner: PythonScanner, _ code: PlacedText) -> [CommandOption] {
    scanner.attributes.compactMap { attribute in
      guard let range = ["model.", "dataset.", "data."].lazy.compactMap({ attribute.name.range(of: $0) }).first else {
        return nil
      }
      let path = CommandOption.path(of: String(attribute.name[range.lowerBound...]))
      return CommandOption(
        CommandFormat.megatronBridge.meaning(of: path), path: path, spelling: attribute.name,
        node: code.placed(attribute.node),
        bytes: code.span(attribute.bytes))
    }
  }
}
