import RopeConfig
import RopeJSON

extension CheckSubject {
  /// A configuration as each command that belongs to it really uses it, one subject a role; as it is where there is no
  /// such command.
  ///
  /// - Parameters:
  ///   - file: nil for commands whose configuration is not at hand: the published one of their model stands for it.
  ///   - options: what else belongs to the configuration, such as its tokenizer's.
  /// - Returns: also why commands could not be applied; the configuration is then judged without them.
  static func subjects(
    of file: Declaration?, facts: Facts, options: [RunOption], commands: [Command], isEditable: Bool
  ) -> (subjects: [CheckSubject], faults: [ConfigurationError]) {
    var faults: [ConfigurationError] = []
    var subjects: [CheckSubject] = []
    var trainers: [EffectiveConfiguration] = []
    var isStopped = false
    let typed = facts.commandLine.map { Self.commands(in: SourceText(bytes: Array($0.utf8)), "", facts) } ?? []
    for command in commands + typed {
      let base = file ?? command.modelReference.flatMap { published($0, part: command.overriddenPart) }
      let given = options + (command.source.path == nil ? [] : RunOption.options(of: command))
      let roles: [EffectiveConfiguration]
      do throws(ConfigurationError) {
        roles = try command.effective(on: base, version: version(of: command, facts))
      } catch {
        faults.append(error)
        continue
      }
      // A program that stops does so in all of its roles.
      let stops = roles.contains { $0.findings.contains { $0.severity == .error } }
      if command.format.kind == .trainer { trainers += roles }
      isStopped = isStopped || stops
      // Without a configuration beside them commands each have a model of their own.
      var own = facts
      if file == nil, own.base == nil { own.base = command.modelReference }
      subjects += roles.map {
        CheckSubject(
          declaration: base ?? $0.declaration, facts: own, options: given, isEditable: isEditable && file != nil,
          isFragment: base == nil, isBorrowed: file == nil && base != nil, effective: $0, isStopped: stops)
      }
    }
    // What a trainer works with is not what is saved and served: the file is judged as it is, too.
    guard let file, subjects.isEmpty || !trainers.isEmpty else { return (subjects, faults) }
    let plain = CheckSubject(
      declaration: file, facts: facts, options: options + commands.flatMap(RunOption.options), isEditable: isEditable,
      trainers: trainers, isStopped: isStopped)
    return ([plain] + subjects, faults)
  }

  /// Whether the command's own reader says what becomes of the length that is asked for, or that the program stops at
  /// what was to reach it.
  var isLengthRefused: Bool {
    guard let effective else { return false }
    let places = [CanonicalOption.servedLength, .trainLength].compactMap { effective.options[$0]?.bytes }
    return effective.findings.contains {
      $0.severity != .note && places.contains($0.bytes) || $0.severity == .error && $0.kind == "option-gone"
    }
  }

  /// The program's own options for a context of so many tokens, of which one text sees `asked`, counted from what the
  /// model was trained to.
  func stretching(to total: Int, covering asked: Int) -> String {
    let native = max(1, option("yarn_orig_ctx")?.length ?? Phrase.whole(nativeLength ?? Double(window ?? asked)))
    let factor = Phrase.quarters(Double(asked) / Double(native))
    return Command.stretching(
      effective?.command, to: total, factor: Phrase.ratio(factor), scale: Phrase.ratio(1 / factor), original: native,
      base: fileTheta ?? known?.base ?? theta)
  }

  /// Whether the command sets what lets the server take more than its window.
  var isLongerPermitted: Bool {
    verdicts.compactMap { $0.reading?.servedWindow?.permission?.split(separator: "=").first?.lowercased() }
      .contains { option($0)?.isOn == true }
  }

  /// The configuration of a model where nothing but its name is at hand, and what a command says of its shape.
  static func published(_ name: String, part: String? = nil) -> Declaration? {
    ModelPresets.closest(to: name).flatMap { try? Declaration(SourceText(bytes: Array($0.configuration.utf8))) }
      ?? PublishedModel.named(name)?.declaration(under: part)
  }

  private static func commands(in source: SourceText, _ name: String, _ facts: Facts) -> [Command] {
    let hint = facts.runtimes.first ?? facts.trainer
    return (try? CommandReader.commands(in: source, name: name, hint: hint)) ?? []
  }

  /// The version that is declared for the command's program.
  private static func version(of command: Command, _ facts: Facts) -> RuntimeVersion? {
    if let trainer = facts.trainer, CommandFormats.named(trainer)?.name == command.format.name {
      return trainer.split { !$0.isNumber && $0 != "." }.lazy.compactMap { RuntimeVersion(String($0)) }.first
    }
    return facts.runtimes.flatMap(MeantRuntime.parse).first { $0.name == command.format.runtime }?.asked
  }
}
