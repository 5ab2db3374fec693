import Foundation
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
    var gathering = Gathering(files: files)
    for path in finder.missing where !gathering.takeModel(named: path) {
      collector.fail(path, ConfigurationError(.unreadable, "there is no such file", path: path))
    }
    for file in finder.found { gathering.take(file.path, isNamed: file.isNamed, &collector) }
    gathering.takeNamedModels(&collector)
    checkAll(gathering.groups(&collector), &collector)
    collector.skipped = finder.skipped + gathering.skipped
    return collector.report
  }

  /// Checks groups side by side; what is found is kept in their order.
  private func checkAll(_ groups: [Gathering.Group], _ collector: inout FindingCollector) {
    guard groups.count > 4 else {
      for group in groups { check(group, &collector) }
      return
    }
    let found = FoundByGroup(count: groups.count)
    DispatchQueue.concurrentPerform(iterations: groups.count) { index in
      var own = FindingCollector()
      check(groups[index], &own)
      found.keep(own, at: index)
    }
    for own in found.collectors { collector.join(own) }
  }

  /// Checks one text that was read elsewhere, such as from standard input.
  ///
  /// - Parameter isInPlace: whether the text stands for the file at `path`, so that what lies beside it belongs to it.
  public func check(bytes: [UInt8], path: String, isInPlace: Bool = false) -> CheckReport {
    var collector = FindingCollector()
    var gathering = Gathering(files: isInPlace ? files : .memory([:]))
    gathering.take(bytes, path, isNamed: true, &collector)
    gathering.takeNamedModels(&collector)
    checkAll(gathering.groups(&collector), &collector)
    return collector.report
  }

  private func check(_ group: Gathering.Group, _ collector: inout FindingCollector) {
    collector.open(group.path)
    for command in group.commands { if let path = command.source.path { collector.open(path) } }
    var facts = overrides.completed(by: group.facts).completed(by: self.facts)
    if facts.base == nil, group.declaration != nil {
      facts.base = group.commands.lazy.compactMap(\.modelReference).first
    }
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

/// What several threads found, in the order of the groups. Every access holds the lock.
private final class FoundByGroup: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [FindingCollector?]

  init(count: Int) { found = Array(repeating: nil, count: count) }

  func keep(_ collector: FindingCollector, at index: Int) {
    lock.withLock { found[index] = collector }
  }

  var collectors: [FindingCollector] { lock.withLock { found.compactMap { $0 } } }
}
