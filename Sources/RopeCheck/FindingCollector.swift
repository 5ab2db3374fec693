import RopeConfig
import RopeJSON

/// Findings by file, in the order in which the files were met.
struct FindingCollector {
  private var order: [String] = []
  private var files: [String: CheckedFile] = [:]
  /// Candidates that were left out.
  var skipped: [CheckReport.Skipped] = []

  mutating func open(_ path: String) {
    guard files[path] == nil else { return }
    order.append(path)
    files[path] = CheckedFile(path: path)
  }

  mutating func add(_ finding: Finding, path: String) {
    open(path)
    var finding = finding
    finding.path = path
    // A trainer's file may be checked with several configurations; what is true of it is said once.
    if files[path]?.findings.contains(finding) == false { files[path]?.findings.append(finding) }
  }

  /// Says of a file, and of a command's own file, what it was read as; the first reading counts.
  mutating func understand(_ subject: CheckSubject, _ path: String, rules: [any Rule.Type]) {
    func counted(_ understood: CheckedFile.Understood) -> CheckedFile.Understood {
      var understood = understood
      understood.rulesWithFacts = subject.countOfRulesWithFacts(rules)
      understood.rules = rules.count
      return understood
    }
    if let effective = subject.effective, let own = effective.command.source.path {
      open(own)
      if files[own]?.understood == nil { files[own]?.understood = counted(CheckedFile.Understood(effective)) }
      guard own != path else { return }
    }
    open(path)
    if files[path]?.understood == nil { files[path]?.understood = counted(CheckedFile.Understood(subject)) }
  }

  /// Takes over what was found elsewhere, after what is here.
  mutating func join(_ other: FindingCollector) {
    for path in other.order {
      guard let file = other.files[path] else { continue }
      open(path)
      for finding in file.findings { add(finding, path: path) }
      if let error = file.error { files[path]?.error = error }
      if files[path]?.understood == nil { files[path]?.understood = file.understood }
    }
  }

  mutating func fail(_ path: String, _ error: ConfigurationError) {
    open(path)
    files[path]?.error = CheckedFile.Failure(error, path: path)
  }

  /// Errors first, then by place, then by rule.
  var report: CheckReport {
    CheckReport(
      files: order.compactMap { files[$0] }.map { file in
        var file = file
        file.findings.sort {
          if $0.severity != $1.severity { return $0.severity > $1.severity }
          return ($0.region.line, $0.region.column, $0.rule) < ($1.region.line, $1.region.column, $1.rule)
        }
        return file
      }, skipped: skipped)
  }
}
