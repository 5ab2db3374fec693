import RopeRecords

extension CheckReport {
  /// The findings for a run's record, worst first, without the folders of their files.
  public var records: [FindingRecord] {
    let found = files.flatMap { file in
      file.findings.map { finding in
        FindingRecord(
          rule: finding.rule, severity: FindingRecord.Severity(finding.severity), message: finding.message,
          file: (finding.path ?? file.path).split(separator: "/").last.map(String.init) ?? file.path,
          pointer: finding.pointer, line: finding.region.line, column: finding.region.column,
          fix: finding.fix?.title)
      }
    }
    return [FindingRecord.Severity.error, .warning, .note].flatMap { severity in
      found.filter { $0.severity == severity }
    }
  }
}

extension FindingRecord.Severity {
  init(_ severity: Severity) {
    self =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
  }
}
