import RopeConfig
import RopeJSON

/// A configuration as it is really used: by itself, or by a command, in one of its roles.
struct MeantConfiguration {
  /// What is judged.
  var declaration: Declaration
  /// What the command makes of it; nil where no command uses it.
  var effective: EffectiveConfiguration?
  var options: [RunOption]
  var isFragment: Bool

  /// Trainers that are judged beside the configuration, as rules compare the two, rather than in its place.
  private static let besideTheModel: Set = [
    "llama-factory", "axolotl", "torchtitan", "megatron", "megatron-bridge", "torchtune", "ms-swift", "unsloth", "script", "unknown",
  ]

  /// Every use of a group's configuration.
  ///
  /// - Throws: `ConfigurationError` at an override that cannot be read.
  static func all(of group: Gathering.Group, _ facts: Facts) throws(ConfigurationError) -> [MeantConfiguration] {
    let hint = ([facts.trainer].compactMap { $0 } + facts.runtimes).first { CommandFormats.named($0) != nil }
    let typed = RunOption.commands(commandLine: facts.commandLine, hint: hint)
    var results: [MeantConfiguration] = []
    for command in group.commands + typed {
      let isOwn = group.declaration != nil
      let base = group.declaration ?? command.modelReference.flatMap(PublishedModel.named)?.declaration
      for effective in try command.effective(on: base, version: version(of: command, facts)) {
        let isBeside = besideTheModel.contains(command.format.name)
        let judged: Declaration
        if isBeside || !isOwn && effective.isFragment {
          if let own = group.declaration { judged = own } else { judged = try fragment(of: command, facts) }
        } else {
          judged = effective.declaration
        }
        results.append(
          MeantConfiguration(
            declaration: judged, effective: effective, options: group.options + RunOption.options(of: command),
            isFragment: !isOwn))
      }
    }
    if results.isEmpty, let declaration = group.declaration {
      results.append(MeantConfiguration(declaration: declaration, effective: nil, options: group.options, isFragment: false))
    }
    return results
  }

  /// The values that a command gives by itself.
  private static func fragment(of command: Command, _ facts: Facts) throws(ConfigurationError) -> Declaration {
    let alone = try command.effective(on: nil, version: version(of: command, facts))
    if command.format.name == "axolotl", let first = alone.first { return first.declaration }
    let root = JSONNode(value: .object([]), bytes: 0..<min(1, command.source.bytes.count))
    return besideTheModel.contains(command.format.name)
      ? Declaration(command.source, root: DeclaredValue(key: "", node: root, pointer: ""))
      : alone.first?.declaration ?? Declaration(command.source, root: DeclaredValue(key: "", node: root, pointer: ""))
  }

  /// The program's version, where the facts name it.
  private static func version(of command: Command, _ facts: Facts) -> RuntimeVersion? {
    for text in facts.runtimes {
      for meant in MeantRuntime.parse(text) where meant.name == command.format.runtime || meant.name == command.format.name {
        if command.format.kind == .server, let asked = meant.asked { return asked }
      }
    }
    guard let trainer = facts.trainer, CommandFormats.named(trainer)?.name == command.format.name else { return nil }
    let word = trainer.split { " @=".contains($0) }.first { $0.first?.isNumber == true || $0.hasPrefix("v") && $0.dropFirst().first?.isNumber == true }
    return word.flatMap { RuntimeVersion(String($0)) }
  }
}
