import RopeText

/// A report as Markdown, for pull requests and step summaries.
public enum CheckMarkdown {
  public static func text(_ report: CheckReport) -> String {
    var lines = ["### ropescope check", "", CheckText.summary(report) + "."]
    for file in report.files where file.error != nil || !file.findings.isEmpty {
      lines += ["", "#### \(Escaping.markdownCode(file.path))", ""]
      if let error = file.error { lines += ["Cannot be checked: \(Escaping.markdown(error.message))", ""] }
      guard !file.findings.isEmpty else { continue }
      lines += ["| Line | Severity | Rule | Finding |", "|---:|---|---|---|"]
      lines += file.findings.map {
        "| \($0.region.line) | \($0.severity.rawValue) | `\($0.rule)` | \(Escaping.markdown($0.message)) |"
      }
    }
    return lines.joined(separator: "\n")
  }
}
