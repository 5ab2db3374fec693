/// Lines that start no known program.
extension CommandReader {
  /// Programs and wrappers behind which anything may stand.
  private static let launchers: Set = [
    "docker", "podman", "srun", "nohup", "sudo", "exec", "env", "time", "apptainer", "singularity", "bash", "sh",
  ]
  private static let interpreters: Set = ["python", "python3", "torchrun", "deepspeed", "accelerate", "uv", "ray"]

  /// The program that a command names by a plain word: `mistralrs`, `python`.
  private static func plainProgram(_ shell: ShellCommand) -> String? {
    guard let first = shell.words.first?.text, shell.words.count > 1, first.first?.isLetter == true,
      first.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }), !launchers.contains(first)
    else { return nil }
    return first
  }

  /// A line of options only: the format is the one that was told, else the one that most of the options belong to.
  ///
  /// What another program is given says nothing of those known; of a training script on transformers the names are.
  mutating func readLoose(_ shells: [ShellCommand], _ script: ShellReader, version: String?, container: String?) {
    let told = hint.flatMap(CommandFormats.named)
    let strangers = Set(shells.compactMap(Self.plainProgram)).filter { CommandFormats.named($0) == nil }
    func isForeign(_ shell: ShellCommand) -> Bool { Self.plainProgram(shell).map(strangers.contains) == true }
    var words = (told == nil ? shells.filter { !isForeign($0) } : shells).flatMap { $0.environment + $0.words }
    if !words.contains(where: { $0.isFlag || $0.text.contains("=") || $0.text.hasSuffix(":") }) || name.hasSuffix(".sh")
    {
      // Arrays that something else expands later.
      words += script.arrays.sorted { $0.key < $1.key }.flatMap(\.value)
    }
    if let format = words.isEmpty ? nil : told ?? looseFormat(words) {
      return addLoose(format, words, script, version: version, container: container)
    }
    let lengths: Set = ["model_max_length", "block_size", "max_seq_length"]
    for shell in shells where isForeign(shell) && Self.interpreters.contains(shell.words[0].text) {
      guard !lengths.isDisjoint(with: Self.names(shell.words)) else { continue }
      addLoose(.script, shell.words, script, version: version, container: container)
    }
  }

  private mutating func addLoose(
    _ format: CommandFormat, _ words: [ShellWord], _ script: ShellReader, version: String?, container: String?
  ) {
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

  private static func names(_ words: [ShellWord]) -> Set<String> {
    Set(words.map { word in CommandOption.path(of: String(word.text.prefix { $0 != "=" && $0 != ":" })) })
  }

  /// The format that most of the options belong to.
  func looseFormat(
    _ words: [ShellWord], _ kind: CommandFormat.Kind? = nil, atLeast least: Int = 1
  ) -> CommandFormat? {
    // In a script one letter says nothing of the program.
    let names = Self.names(words).filter { $0.count > 1 || name.isEmpty }
    let counts = CommandFormats.all.map { format in
      guard kind == nil || format.kind == kind else { return 0 }
      let wide = format.marks.filter { $0.hasSuffix("*") }
      return names.count { name in
        format.marks.contains(name) || wide.contains { ProgramPattern.matches($0, name) }
      }
    }
    guard let most = counts.max(), most >= least, let index = counts.firstIndex(of: most) else {
      return name.isEmpty && kind == nil ? CommandFormats.unknown : nil
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
