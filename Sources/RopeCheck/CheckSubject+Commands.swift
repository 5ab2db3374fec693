import RopeConfig
import RopeJSON

extension CheckSubject {
  /// A configuration as each command that belongs to it really uses it, one subject a role; as it is where there is no
  /// such command.
  ///
  /// - Parameter texts: texts that may hold commands, with the names of their files; empty for a line as typed.
  static func subjects(
    of file: Declaration, facts: Facts, options: [RunOption], texts: [(source: SourceText, name: String)],
    isEditable: Bool, isFragment: Bool
  ) -> [CheckSubject] {
    var subjects: [CheckSubject] = []
    var trainers: [EffectiveConfiguration] = []
    var isStopped = false
    for text in texts {
      for command in commands(in: text.source, text.name, facts) {
        let version = version(of: command, facts)
        let base = isFragment ? published(command) : file
        guard let roles = try? command.effective(on: base, version: version) else { continue }
        let stops = roles.contains { $0.findings.contains { $0.severity == .error } }
        if command.format.kind == .trainer { trainers += roles }
        isStopped = isStopped || stops
        subjects += roles.map {
          CheckSubject(
            declaration: base ?? file, facts: facts, options: options, isEditable: isEditable && !isFragment,
            isFragment: isFragment && base == nil, isBorrowed: isFragment && base != nil, effective: $0,
            isStopped: stops)
        }
      }
    }
    // What a trainer works with is not what is saved and served: the file is judged as it is, too.
    guard subjects.isEmpty || (!trainers.isEmpty && !isFragment) else { return subjects }
    let plain = CheckSubject(
      declaration: file, facts: facts, options: options, isEditable: isEditable, isFragment: isFragment,
      trainers: trainers, isStopped: isStopped)
    return [plain] + subjects
  }

  /// The configuration of a command's model where nothing but its name is at hand.
  private static func published(_ command: Command) -> Declaration? {
    guard let name = command.modelReference, let model = PublishedModel.named(name) else { return nil }
    for preset in ModelPresets.all {
      guard let file = try? Declaration(SourceText(bytes: Array(preset.configuration.utf8))),
        PublishedModel.shown(by: file)?.name == model.name
      else { continue }
      return file
    }
    return nil
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
