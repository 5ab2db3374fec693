import RopeJSON

extension CommandReader {
  /// Commands of a script or typed line, and of texts that it hands to another shell.
  ///
  /// - Parameter readsLoose: whether options without a known program are looked at.
  mutating func readScript(
    _ text: PlacedText, version: String? = nil, container: String? = nil, readsLoose: Bool = true
  ) {
    let script = ShellReader.read(text)
    let before = commands.count
    var exported: [ShellWord] = []
    var joined: [ShellCommand] = []
    for command in script.commands {
      // Options on a line of their own belong to the line before, as in files of arguments.
      if command.followsLineEnd, let first = command.words.first?.text, command.environment.isEmpty,
        first.hasPrefix("--") || first.hasPrefix("+"), let last = joined.indices.last, !joined[last].words.isEmpty
      {
        joined[last].words += command.words
      } else {
        joined.append(command)
      }
    }
    let installed = version ?? Self.installedVersion(joined)
    for command in joined {
      if command.words.isEmpty { exported += command.environment }
      read(command, environment: exported, version: installed, container: container, faults: script.faults)
    }
    if commands.count == before, readsLoose { readLoose(joined, script, version: installed, container: container) }
  }

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
    let words = shell.words
    if let index = words.firstIndex(where: { ["bash", "sh", "/bin/bash", "/bin/sh", "zsh"].contains($0.text) }),
      let flag = words[(index + 1)...].firstIndex(where: { $0.text.hasPrefix("-") && $0.text.hasSuffix("c") }),
      flag + 1 < words.count, words[flag + 1].text.contains(" ")
    {
      return readScript(words[flag + 1].content, version: version, container: container)
    }
    guard let (format, start, end, takesPositional, tag) = Self.program(of: words) else { return }
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
    command.faults = faults
    commands.append(command)
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

  // MARK: Lines without a program

  /// A line of options only: the format is the one that was told, else the one that most of the options belong to.
  mutating func readLoose(_ shells: [ShellCommand], _ script: ShellReader, version: String?, container: String?) {
    var words = shells.flatMap { $0.environment + $0.words }
    if !words.contains(where: { $0.isFlag || $0.text.contains("=") || $0.text.hasSuffix(":") }) || name.hasSuffix(".sh")
    {
      // Arrays that something else expands later.
      words += script.arrays.sorted { $0.key < $1.key }.flatMap(\.value)
    }
    guard !words.isEmpty, let format = looseFormat(words) else { return }
    let reader = CommandWords(format: format, source: source, isLenient: true)
    let options = reader.options(words, takesPositional: false)
    guard !options.isEmpty, let first = words.first, let last = words.last else { return }
    var command = Command(
      format, source: source, options: options,
      bytes: first.bytes.lowerBound..<max(first.bytes.upperBound, last.bytes.upperBound))
    command.version = version
    command.container = container
    command.faults = script.faults
    commands.append(command)
  }

  private func looseFormat(_ words: [ShellWord]) -> CommandFormat? {
    if let hint, let named = CommandFormats.named(hint) { return named }
    let names = Set(
      words.map { word in
        CommandOption.path(of: String(word.text.prefix { $0 != "=" && $0 != ":" }))
      })
    let counts = CommandFormats.all.map { format in
      let wide = format.marks.filter { $0.hasSuffix("*") }
      return names.count { name in
        format.marks.contains(name) || wide.contains { ProgramPattern.matches($0, name) }
      }
    }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else {
      return name.isEmpty ? CommandFormats.unknown : nil
    }
    // What several programs share is told apart by the value: vLLM's `--rope-scaling` is a dictionary.
    if CommandFormats.all[index].name == "llama.cpp",
      words.indices.contains(where: {
        words[$0].text == "--rope-scaling" && $0 + 1 < words.count && words[$0 + 1].text.hasPrefix("{")
      })
    {
      return CommandFormats.named("vllm")
    }
    return CommandFormats.all[index]
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
