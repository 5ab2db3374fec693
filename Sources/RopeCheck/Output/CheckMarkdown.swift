import RopeText

/// A report as Markdown, for pull requests and step summaries.
public enum CheckMarkdown {
  /// - Parameter site: where rules have their pages; nil for no links.
  public static func text(_ report: CheckReport, site: DocumentationSite? = nil, in language: Language = .english)
    -> String
  {
    var lines = ["### ropescope check", "", language("\(CheckText.summary(of: report)).")]
    for file in report.files where file.error != nil || !file.findings.isEmpty {
      lines += ["", "#### \(Escaping.markdownCode(file.path))", ""]
      if let error = file.error {
        lines += [language("Cannot be checked: \(Escaping.markdown(language(foreign: error.message)))"), ""]
      }
      guard !file.findings.isEmpty else { continue }
      let heads = ["Line", "Severity", "Rule", "Finding"].map { language(fixed: $0) }
      lines += ["| \(heads.joined(separator: " | ")) |", "|---:|---|---|---|"]
      lines += file.findings.map {
        """
        | \($0.region.line) | \(language(fixed: $0.severity.rawValue)) | \(rule($0.rule, site)) | \
        \(Escaping.markdown(language($0.message))) |
        """
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func rule(_ id: String, _ site: DocumentationSite?) -> String {
    site.map { "[`\(id)`](\($0.page(.rule, id)))" } ?? "`\(id)`"
  }
}
