/// The result of a check: what every output is made from. JSON schema `ropescope.check/1`.
public struct CheckReport: Sendable, Equatable, Codable {
  public struct Summary: Sendable, Equatable, Codable {
    public var errors = 0
    public var warnings = 0
    public var notes = 0
    /// Findings with a fix, safe or not.
    public var fixable = 0
    /// Files that could not be checked.
    public var unreadable = 0
    /// Findings that a baseline or a suppression silenced.
    public var silenced = 0
    /// Candidates in folders that were left out.
    public var skipped: [Skipped] = []

    public init() {}
  }

  /// A file or folder that was left out, and why.
  public struct Skipped: Sendable, Equatable, Codable {
    public var path: String
    public var reason: String

    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  public static let schema = "ropescope.check/1"

  public var schema = CheckReport.schema
  public var files: [CheckedFile]
  public var summary: Summary

  public init(files: [CheckedFile], silenced: Int = 0, skipped: [Skipped] = []) {
    self.files = files
    summary = Summary()
    summary.silenced = silenced
    summary.skipped = skipped
    for file in files {
      if file.error != nil { summary.unreadable += 1 }
      for finding in file.findings {
        switch finding.severity {
        case .error: summary.errors += 1
        case .warning: summary.warnings += 1
        case .note: summary.notes += 1
        }
        if finding.fix != nil { summary.fixable += 1 }
      }
    }
  }

  /// 2 where a file could not be checked, 1 where a finding is at least as bad as `threshold`, else 0.
  public func exitCode(failOn threshold: Severity) -> Int32 {
    if summary.unreadable > 0 { return 2 }
    return files.contains { $0.findings.contains { $0.severity >= threshold } } ? 1 : 0
  }

  /// Without the findings below a severity.
  public func shown(from minimum: Severity?) -> CheckReport {
    guard let minimum else { return self }
    var report = self
    for index in report.files.indices { report.files[index].findings.removeAll { $0.severity < minimum } }
    return CheckReport(files: report.files, silenced: summary.silenced, skipped: summary.skipped)
  }

  /// Findings by rule, the frequent ones first.
  public var countsByRule: [(rule: String, count: Int)] {
    var counts: [String: Int] = [:]
    for finding in files.flatMap(\.findings) { counts[finding.rule, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
