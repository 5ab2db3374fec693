import RopeConfig
import RopeJSON

extension Checker {
  /// What became of one file's fixes.
  public struct FixedFile: Sendable {
    public let path: String
    public let before: [UInt8]
    public let after: [UInt8]
    public let applied: Int
  }

  /// Fixes the files of a report until nothing more can be fixed, re-checking after every round; nothing is written.
  ///
  /// - Returns: the changed files, with the bytes that are to be written.
  public func fixed(_ report: CheckReport, includingUnsafe: Bool) -> [FixedFile] {
    report.files.compactMap { file in
      guard file.findings.contains(where: { $0.fix != nil }), let before = try? files.read(file.path) else {
        return nil
      }
      var bytes = before
      var findings = file.findings
      var applied = 0
      // Every round ends at least one finding; two rules that undo each other must not go on for ever.
      for _ in 0..<8 {
        let round = FixApplier.apply(findings, to: bytes, includingUnsafe: includingUnsafe)
        guard round.applied > 0, round.bytes != bytes, let rest = recheck(file.path, round.bytes, beside: report)
        else { break }
        bytes = round.bytes
        applied += round.applied
        findings = rest
      }
      return applied > 0 ? FixedFile(path: file.path, before: before, after: bytes, applied: applied) : nil
    }
  }

  /// The findings of one file as if it held these bytes, with the checked files of its folder; nil where it can no
  /// longer be read.
  private func recheck(_ path: String, _ bytes: [UInt8], beside report: CheckReport) -> [Finding]? {
    var files = files
    let read = files.read
    files.read = { other throws(ConfigurationError) in
      if other == path { return bytes }
      return try read(other)
    }
    let folder = Gathering.folder(of: path)
    let paths = report.files.map(\.path).filter { Gathering.folder(of: $0) == folder }
    let again = Checker(rules: rules, files: files, facts: facts, overrides: overrides).check(paths: paths)
    let file = again.files.first { $0.path == path }
    return file?.error == nil ? file?.findings : nil
  }
}
