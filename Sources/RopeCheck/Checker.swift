import RopeConfig
import RopeJSON
import RopeMath

/// Runs rules over files; what belongs together is checked together.
public struct Checker: Sendable {
  public let rules: [any Rule.Type]
  public let files: CheckFileSystem
  /// Facts that hold for every file; a file's own context comes before them.
  public let facts: Facts
  /// Facts that come before a file's own context, as from command-line options.
  public let overrides: Facts

  public init(
    rules: [any Rule.Type] = RuleCatalogue.all, files: CheckFileSystem = .disk, facts: Facts = Facts(),
    overrides: Facts = Facts()
  ) {
    self.rules = rules
    self.files = files
    self.facts = facts
    self.overrides = overrides
  }

  /// Checks files and everything of interest in folders.
  ///
  /// - Parameter readsIgnored: whether what version control ignores, and repositories inside of folders, is read too.
  public func check(paths: [String], readsIgnored: Bool = false) -> CheckReport {
    var finder = FileFinder(files, readsIgnored: readsIgnored)
    for path in paths { finder.add(path) }
    var collector = FindingCollector()
    for path in finder.missing {
      collector.fail(path, ConfigurationError(.unreadable, "there is no such file", path: path))
    }
    var gathering = Gathering(files: files)
    for file in finder.found { gathering.take(file.path, isNamed: file.isNamed, &collector) }
    for group in gathering.groups(&collector) { check(group, &collector) }
    collector.skipped = finder.skipped + gathering.skipped
    return collector.report
  }

  /// Checks one configuration that was read elsewhere, such as from standard input.
  public func check(bytes: [UInt8], path: String) -> CheckReport {
    var collector = FindingCollector()
    var gathering = Gathering(files: .memory([:]))
    gathering.take(bytes, path, isNamed: true, &collector)
    for group in gathering.groups(&collector) { check(group, &collector) }
    return collector.report
  }

  private func check(_ group: Gathering.Group, _ collector: inout FindingCollector) {
    collector.open(group.path)
    for command in group.commands { if let path = command.source.path { collector.open(path) } }
    var facts = overrides.completed(by: group.facts).completed(by: self.facts)
    if facts.base == nil { facts.base = group.commands.lazy.compactMap(\.modelReference).first }
    let (subjects, faults) = CheckSubject.subjects(
      of: group.declaration, facts: facts, options: group.options, commands: group.commands,
      isEditable: group.isEditable)
    if rules.contains(where: { $0.card.id == CommandOptionFaulty.card.id }) {
      for fault in faults { collector.add(CommandOptionFaulty.finding(of: fault), path: fault.path ?? group.path) }
    }
    for subject in subjects {
      collector.understand(subject, group.path, rules: rules)
      for finding in subject.findings(of: rules) where !group.isTranslated(finding) {
        collector.add(finding, path: finding.path ?? group.path)
      }
    }
  }
}
