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
  public func check(paths: [String]) -> CheckReport {
    var finder = FileFinder(files)
    for path in paths { finder.add(path) }
    var collector = FindingCollector()
    for path in finder.missing {
      collector.fail(path, ConfigurationError(.unreadable, "there is no such file", path: path))
    }
    var gathering = Gathering(files: files)
    for file in finder.found { gathering.take(file.path, isNamed: file.isNamed, &collector) }
    for group in gathering.groups(&collector) { check(group, &collector) }
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
    for run in group.runs { if let path = run.source.path { collector.open(path) } }
    var facts = overrides.completed(by: group.facts).completed(by: self.facts)
    if facts.base == nil { facts.base = group.runs.lazy.compactMap(\.model).first }
    let subject = CheckSubject(
      declaration: group.declaration, facts: facts, options: group.runs.flatMap(\.options), isEditable: group.isEditable,
      isFragment: group.isFragment)
    guard subject.mayBeRotary else { return }
    for finding in subject.findings(of: rules) where !group.isTranslated(finding) {
      collector.add(finding, path: finding.path ?? group.path)
    }
  }
}
