import RopeJSON

extension CommandReader {
  /// Commands of a script or typed line, and of texts that it hands to another shell.
  ///
  /// - Parameters:
  ///   - environment: variables that are set for all of it.
  ///   - readsLoose: whether options without a known program are looked at.
  mutating func readScript(
    _ text: PlacedText, version: String? = nil, container: String? = nil, environment: [ShellWord] = [],
    variables: [String: ShellWord] = [:], readsLoose: Bool = true
  ) {
    guard level < ShellReader.deepest else { return }
    level += 1
    defer { level -= 1 }
    var known = variables
    for word in environment { if let (name, value) = word.assignment { known[name] = value } }
    let script = ShellReader.read(text, variables: known, level: level)
    let before = commands.count
    var exported = environment
    let joined = called(joined(script.commands), script, text)
    let installed = version ?? Self.installedVersion(joined)
    for command in joined {
      if command.words.isEmpty {
        let names = command.environment.compactMap { $0.assignment?.name }
        exported.removeAll { $0.assignment.map { names.contains($0.name) } ?? false }
        exported += command.environment
      }
      read(command, environment: exported, version: installed, container: container, faults: script.faults)
    }
    if commands.count == before, readsLoose { readLoose(joined, script, version: installed, container: container) }
  }

  /// Options on a line of their own belong to the line before, as in files of arguments. A shell takes them for another
  /// command, which is said.
  private func joined(_ commands: [ShellCommand]) -> [ShellCommand] {
    var joined: [ShellCommand] = []
    for command in commands {
      guard command.followsLineEnd, let first = command.words.first, command.environment.isEmpty,
        first.isFlag || first.text.hasPrefix("+"), let last = joined.indices.last,
        let opening = joined[last].words.first
      else {
        joined.append(command)
        continue
      }
      joined[last].words += command.words
      // A list of options, or a line with some left out, is no script.
      let isQuoted = opening.isFlag || joined[last].words.contains { $0.text == "..." || $0.text == "…" }
      if isShellScript, !isQuoted, joined[last].faults.isEmpty, Self.program(of: joined[last].words) != nil {
        joined[last].faults.append(
          CommandFault(
            kind: "option-lost",
            message: """
              the shell ends the command above and takes \(first.text) for another: the options from here on are lost. End \
              each line before in a backslash, with no comment between
              """, bytes: first.bytes))
      }
    }
    return joined
  }

  /// Functions of the script in place of their calls, `$1` and the others as each call gives them; one that is not called
  /// stands as it is written.
  private func called(_ commands: [ShellCommand], _ script: ShellReader, _ text: PlacedText) -> [ShellCommand] {
    let names = Set(script.functions.keys)
    func isCall(_ command: ShellCommand) -> Bool {
      command.words.first.map { names.contains($0.text) } == true && command.words.count > 1
    }
    let called = Set(commands.filter(isCall).compactMap { $0.words.first?.text })
    guard !called.isEmpty else { return commands }
    let bodies = called.compactMap { script.functions[$0] }.map { text.span($0) }
    return commands.flatMap { command -> [ShellCommand] in
      if isCall(command), let name = command.words.first?.text, let body = script.functions[name] {
        var variables = script.variables
        for (index, word) in command.words.dropFirst().prefix(9).enumerated() { variables["\(index + 1)"] = word }
        return ShellReader.read(text.part(body), variables: variables, level: level).commands
      }
      let place = (command.words.first ?? command.environment.first)?.bytes.lowerBound
      return place.map { place in bodies.contains { $0.contains(place) } } == true ? [] : [command]
    }
  }

  /// Whether a shell reads the text as it stands, rather than a reader of typed lines or lists of arguments.
  private var isShellScript: Bool { !name.isEmpty && !name.hasSuffix(".args") && !name.hasSuffix(".txt") }

  /// `pip install vllm==0.8.5`
  static func installedVersion(_ commands: [ShellCommand]) -> String? {
    for command in commands where command.words.contains(where: { $0.text == "install" }) {
      for word in command.words {
        let parts = word.text.split(separator: "=", omittingEmptySubsequences: true)
        if parts.count == 2, word.text.contains("=="), ["vllm", "sglang", "sglang[all]"].contains(String(parts[0])) {
          return String(parts[1])
        }
      }
    }
    return nil
  }

  mutating func read(
    _ shell: ShellCommand, environment: [ShellWord], version: String?, container: String?, faults: [CommandFault]
  ) {
    let words = Self.container(startedBy: shell.words) ?? shell.words
    guard let first = words.first?.text, !["echo", "printf"].contains(first) else { return }
    if let request = request(shell) { return commands.append(request) }
    let handed = handedTexts(shell).filter {
      $0.content.bytes.count <= ShellReader.longest && Self.startsProgram($0)
    }
    guard handed.isEmpty else {
      for text in handed {
        readScript(
          text.content, version: version, container: container, environment: environment + shell.environment,
          variables: text.variables, readsLoose: false)
      }
      return
    }
    guard let (named, start, end, takesPositional, tag) = Self.program(of: words) else { return }
    // Any name may stand for a script: whose options it takes tells the trainer.
    let format = named.name == "script" ? looseFormat(Array(words[end...]), .trainer, atLeast: 3) ?? named : named
    let reader = CommandWords(format: format, source: source)
    var command = Command(
      format, source: source,
      options: reader.environment(environment + shell.environment)
        + reader.environment(Self.dockerVariables(words[..<start]))
        + reader.options(Array(words[end...]), takesPositional: takesPositional),
      bytes: words[start].bytes.lowerBound..<max(words[start].bytes.upperBound, words[words.count - 1].bytes.upperBound)
    )
    command.program = words[start..<end].map(\.text)
    command.version = tag ?? version
    command.container = container
    command.faults = faults + shell.faults
    commands.append(command)
  }

  /// What `gcloud` starts: the image of one option, and the words of another with commas between them; nil for other
  /// commands.
  private static func container(startedBy words: [ShellWord]) -> [ShellWord]? {
    func value(_ names: String...) -> ShellWord? {
      for (index, word) in words.enumerated() {
        for name in names {
          if word.text.hasPrefix(name + "=") { return word.dropping(name.utf8.count + 1) }
          if word.text == name, index + 1 < words.count { return words[index + 1] }
        }
      }
      return nil
    }
    guard words.first?.fileName == "gcloud", let image = value("--container-image-uri", "--image"),
      let list = value("--container-args", "--args")
    else { return nil }
    let bytes = list.content.bytes
    return [image]
      + bytes.indices.split(whereSeparator: { bytes[$0] == UInt8(ascii: ",") }).map { range in
        let part = list.content.part(range.startIndex..<range.endIndex)
        return ShellWord(content: part, bytes: part.span, isUnknown: list.isUnknown)
      }
  }

  /// Programs that hand a text to a shell, here or elsewhere.
  private static let handing: Set = [
    "bash", "sh", "zsh", "eval", "ssh", "tmux", "screen", "su", "sbatch", "wsl", "watch", "xterm", "gnome-terminal",
  ]

  /// The texts that a command hands to another shell: `bash -c "…"`, `tmux new-session "…"`, `sbatch <<EOF`, and what it
  /// writes into a script.
  private func handedTexts(_ shell: ShellCommand) -> [HereDocument] {
    let words = shell.words
    let names = words.map(\.fileName)
    let place = names.firstIndex(where: Self.handing.contains)
    let documents = shell.hereDocuments.filter { place != nil || $0.content.bytes.starts(with: "#!".utf8) }
    guard let place else { return documents }
    if names[place] == "eval" {
      var content = PlacedText()
      for word in words[(place + 1)...] {
        if !content.isEmpty { content.append(0x20, from: word.bytes.lowerBound) }
        content.append(word.content)
      }
      return documents + [HereDocument(content: content, variables: [:])]
    }
    return documents
      + words[(place + 1)...].compactMap { word in
        let text = word.text
        guard text.contains(" ") else { return nil }
        let name = text.hasPrefix("--") ? text.prefix { $0 != "=" && $0 != " " } : ""
        let isNamed = !name.isEmpty && text.dropFirst(name.count).hasPrefix("=")
        return HereDocument(
          content: isNamed ? word.dropping(name.utf8.count + 1).content : word.content, variables: [:])
      }
  }

  private static func startsProgram(_ text: HereDocument) -> Bool {
    ShellReader.read(text.content, variables: text.variables).commands.contains { command in
      program(of: command.words) != nil
        || command.words.contains { handing.contains($0.fileName) }
    }
  }

  /// The first program of a known format among the words: its place, and where its options begin.
  static func program(
    of words: [ShellWord]
  ) -> (format: CommandFormat, start: Int, end: Int, takesPositional: Bool, tag: String?)? {
    var image: (format: CommandFormat, start: Int, end: Int, takesPositional: Bool, tag: String?)?
    let texts = words.map(\.text)
    for index in words.indices where !words[index].isFlag {
      for format in CommandFormats.all {
        for pattern in format.programs {
          if let count = pattern.match(texts, at: index) {
            let tag = image.flatMap { $0.format.name == format.name ? $0.tag : nil }
            return (format, index, index + count, pattern.takesPositional, tag)
          }
        }
        if image == nil, let tag = imageTag(texts[index], format) {
          image = (format, index, index + 1, true, tag.nonEmpty)
        }
      }
    }
    return image
  }

  /// The tag's version of a container image of the format, empty where it names none; nil for other words.
  static func imageTag(_ text: String, _ format: CommandFormat) -> String? {
    guard let name = format.images.first(where: { text.contains($0) }), let end = text.range(of: name)?.upperBound
    else { return nil }
    guard !format.hasOwnTags else { return "" }
    let tag = text[end...].drop { $0 == ":" || $0 == "-" }.prefix { $0 != "@" }
    let number = tag.drop { !$0.isNumber }
    return number.first?.isNumber == true && tag.hasPrefix("v")
      ? String(number.prefix { $0.isNumber || $0 == "." }) : ""
  }

  /// `docker run -e NAME=value`
  private static func dockerVariables(_ words: ArraySlice<ShellWord>) -> [ShellWord] {
    words.indices.compactMap { index in
      guard index > words.startIndex, ["-e", "--env"].contains(words[index - 1].text) else { return nil }
      return words[index]
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
