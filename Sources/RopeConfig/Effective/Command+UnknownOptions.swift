import RopeMath
import RopeText

extension Command {
  /// Meanings that decide what a model rotates by or how far it reads.
  private static let weighty: Set<CanonicalOption> = [
    .servedLength, .trainLength, .scaling, .theta, .factor, .original, .overrides,
  ]

  /// What servers call such options, with the first server that does.
  private static let servers: [String: (meaning: CanonicalOption, title: String)] = CommandFormats.all.reduce(into: [:])
  {
    // What stands in a list is an engine's option, not the program's; programs with no runtime of their own share names
    // with anything.
    let isServer = $1.kind == .server && $1.lists.isEmpty && $1.runtime != nil
    for (path, meaning) in $1.options where isServer && path.count > 3 && weighty.contains(meaning) {
      if $0[path] == nil { $0[path] = (meaning, $1.title) }
    }
  }

  /// Options that the program does not have but another server has, or that are a slip away from one of its own.
  ///
  /// Of options that neither decide the rotation nor a length nothing is known, and nothing is said.
  var unknownOptions: [CommandFinding] {
    let own = format.options.filter { Self.weighty.contains($0.value) && $0.key.count >= 8 }.keys.sorted()
    return options.compactMap { option in
      let path = option.path
      if let places = format.lengthPlaces, option.spelling.hasPrefix("-"),
        option.canonical == .servedLength || Self.servers[path]?.meaning == .servedLength
      {
        return finding(option, .error, "\(format.title) takes no \(option.spelling). Write \(places)")
      }
      if option.isEnvironment {
        return misnamedVariable(option).map {
          finding(option, .error, "\(format.title) reads no \(option.spelling). Write \($0)")
        }
      }
      guard option.canonical == nil, path.count > 3, !path.contains("."), !knows(path) else {
        return nil
      }
      // A script has options of its own.
      guard format.name != CommandFormat.script.name else { return nil }
      let stops = format.kind == .server
      if stops, let other = Self.servers[path] {
        let twin = name(of: other.meaning) ?? (other.meaning == .servedLength ? nil : name(of: .overrides))
        return finding(
          option, .error,
          twin.map { twin in
            """
            \(format.title) has no \(option.spelling), which is \(other.title)'s. Write \
            \(written(twin, like: option.spelling))
            """
          } ?? """
            \(format.title) has no \(option.spelling), which is \(other.title)'s; it has no option of that meaning
            """)
      }
      return Nearest.match(path, in: own).map { near in
        finding(
          option, stops ? .error : .warning,
          "\(format.title) has no \(option.spelling). Write \(written(near, like: option.spelling))")
      }
    }
  }

  /// The program's own variable of what one with its name in front is meant for: `OLLAMA_NUM_CTX`.
  private func misnamedVariable(_ option: CommandOption) -> String? {
    let prefix = format.name + "_"
    guard option.canonical == nil, option.path.hasPrefix(prefix),
      let meaning = format.meaning(of: String(option.path.dropFirst(prefix.count))), Self.weighty.contains(meaning)
    else { return nil }
    return format.environment.first { format.meaning(of: $0.value) == meaning }?.key
  }

  private func knows(_ path: String) -> Bool {
    format.options[path] != nil || format.flags.contains(path)
      || format.marks.contains { ProgramPattern.matches($0, path) }
  }

  /// The longest of the program's own names of a meaning.
  private func name(of meaning: CanonicalOption) -> String? {
    format.options.filter { $0.value == meaning }.keys.max { ($0.count, $1) < ($1.count, $0) }
  }

  /// A name with the dashes that the user writes.
  private func written(_ path: String, like spelling: String) -> String {
    guard spelling.hasPrefix("-") else { return path }
    return "--" + (spelling.contains("_") ? path : path.replacing("_", with: "-"))
  }

  private func finding(_ option: CommandOption, _ severity: CommandFinding.Severity, _ message: Message)
    -> CommandFinding
  {
    CommandFinding(kind: "option-unknown", severity: severity, message: message, bytes: option.bytes, source: source)
  }
}
