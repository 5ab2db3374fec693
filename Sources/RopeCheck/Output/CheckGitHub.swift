import RopeText

/// A report as GitHub workflow commands, which become annotations.
public enum CheckGitHub {
  public static func text(_ report: CheckReport) -> String {
    report.files.flatMap { file -> [String] in
      let error = file.error.map { error in
        "::error file=\(Escaping.workflowProperty(file.path))\(error.line.map { ",line=\($0)" } ?? "")\(error.column.map { ",col=\($0)" } ?? ""),title=cannot be checked::\(Escaping.workflowData(error.message))"
      }
      return [error].compactMap { $0 } + file.findings.map { command($0, file.path) }
    }.joined(separator: "\n")
  }

  private static func command(_ finding: Finding, _ path: String) -> String {
    let name = finding.severity == .note ? "notice" : finding.severity.rawValue
    let region = finding.region
    // GitHub refuses columns where a finding spans lines.
    let columns = region.line == region.endLine ? ",col=\(region.column),endColumn=\(region.endColumn)" : ""
    return
      "::\(name) file=\(Escaping.workflowProperty(path)),line=\(region.line),endLine=\(region.endLine)\(columns),title=\(Escaping.workflowProperty(finding.rule))::\(Escaping.workflowData(finding.text))"
  }
}
