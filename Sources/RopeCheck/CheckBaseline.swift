import RopeConfig
import RopeJSON

/// Findings that are known and to be left alone; new ones are reported. JSON schema `ropescope.baseline/1`.
public struct CheckBaseline: Sendable, Equatable, Codable {
  /// A finding without its place, so that edits elsewhere in the file do not bring it back.
  public struct Entry: Sendable, Hashable, Codable {
    public var path: String
    public var rule: String
    public var pointer: String?
  }

  public static let schema = "ropescope.baseline/1"

  public var schema = CheckBaseline.schema
  public var entries: [Entry]

  public init(_ report: CheckReport) {
    entries = report.files.flatMap { file in
      file.findings.map { Entry(path: file.path, rule: $0.rule, pointer: $0.pointer) }
    }
  }

  /// - Throws: `ConfigurationError` where the bytes are no baseline.
  public static func parse(_ source: SourceText) throws(ConfigurationError) -> CheckBaseline {
    let tree = try JSONParser.parse(source)
    guard tree.member("schema")?.node.string == schema else {
      throw ConfigurationError(
        .invalid, "the file is no baseline (\(schema)); write one with --write-baseline", path: source.path)
    }
    return try JSONNodeDecoder.decode(CheckBaseline.self, from: tree, of: source)
  }
}

extension CheckReport {
  /// Without what a baseline knows, each entry once, and what is suppressed with a reason.
  public func silenced(by baseline: CheckBaseline?, suppressions: [CheckSettings.Suppression] = []) -> CheckReport {
    var known: [CheckBaseline.Entry: Int] = [:]
    for entry in baseline?.entries ?? [] { known[entry, default: 0] += 1 }
    var count = summary.silenced
    let kept = files.map { file in
      var file = file
      file.findings = file.findings.filter { finding in
        let entry = CheckBaseline.Entry(path: file.path, rule: finding.rule, pointer: finding.pointer)
        if suppressions.contains(where: { $0.covers(finding, path: file.path) }) {
          count += 1
          return false
        }
        guard let left = known[entry], left > 0 else { return true }
        known[entry] = left - 1
        count += 1
        return false
      }
      return file
    }
    return CheckReport(files: kept, silenced: count, skipped: summary.skipped)
  }
}
