import RopeCheck

/// What `ropescope check` says of a case's configuration at the case's target.
package struct CaseFindings: Sendable, Codable, Equatable {
  package struct Item: Sendable, Codable, Equatable {
    package var rule: String
    package var severity: Severity
    package var message: String
    /// `config.json:12:5 (/rope_scaling/factor)`.
    package var place: String
  }

  package var errors: Int
  package var warnings: Int
  package var notes: Int
  /// Worst first.
  package var items: [Item]
  /// Why the configuration could not be checked.
  package var unchecked: String?

  package init(_ report: CheckReport) {
    errors = report.summary.errors
    warnings = report.summary.warnings
    notes = report.summary.notes
    items = report.files.flatMap { file in
      file.findings.map { finding in
        let place = "\(finding.path ?? file.path):\(finding.region.line):\(finding.region.column)"
        let pointer = finding.pointer.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        return Item(rule: finding.rule, severity: finding.severity, message: finding.message, place: place + pointer)
      }
    }.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
    unchecked = report.files.lazy.compactMap(\.error).first?.message
  }

  /// `2 errors, 1 note`; empty where nothing was found.
  package var counts: String {
    let parts = [(errors, "error"), (warnings, "warning"), (notes, "note")].filter { $0.0 > 0 }
    guard !parts.isEmpty else { return unchecked == nil ? "" : "not checked" }
    return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }
}
