/// A report as GitHub workflow commands, which become annotations.
public enum CheckGitHub {
  public static func text(_ report: CheckReport) -> String {
    report.files.flatMap { file -> [String] in
      let error = file.error.map { error in
        "::error file=\(property(file.path))\(error.line.map { ",line=\($0)" } ?? "")\(error.column.map { ",col=\($0)" } ?? ""),title=cannot be checked::\(data(error.message))"
      }
      return [error].compactMap { $0 } + file.findings.map { command($0, file.path) }
    }.joined(separator: "\n")
  }

  private static func command(_ finding: Finding, _ path: String) -> String {
    let name = finding.severity == .note ? "notice" : finding.severity.rawValue
    let region = finding.region
    // GitHub refuses columns where a finding spans lines.
    let columns = region.line == region.endLine ? ",col=\(region.column),endColumn=\(region.endColumn)" : ""
    return "::\(name) file=\(property(path)),line=\(region.line),endLine=\(region.endLine)\(columns),title=\(property(finding.rule))::\(data(finding.message))"
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
