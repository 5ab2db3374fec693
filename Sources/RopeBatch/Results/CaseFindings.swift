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

  /// A finding that only restates the target, which is what a batch asks for, is a note.
  package init(_ report: CheckReport) {
    items = report.files.flatMap { file in
      file.findings.map { finding in
        let place = "\(finding.path ?? file.path):\(finding.region.line):\(finding.region.column)"
        let pointer = finding.pointer.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        let isKnown = RuleCatalogue.rule(named: finding.rule)?.card.restatesTarget == true
        return Item(
          rule: finding.rule, severity: isKnown ? .note : finding.severity, message: finding.text,
          place: place + pointer)
      }
    }.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
    errors = items.count { $0.severity == .error }
    warnings = items.count { $0.severity == .warning }
    notes = items.count { $0.severity == .note }
    unchecked = report.files.lazy.compactMap(\.error).first?.message
  }

  /// `2 errors, 1 warning`, without the notes; empty where nothing counts.
  package var faults: String { Self.words([(errors, "error"), (warnings, "warning")]) }

  /// `2 errors, 1 note`; empty where nothing was found.
  package var counts: String {
    let words = Self.words([(errors, "error"), (warnings, "warning"), (notes, "note")])
    return words.isEmpty && unchecked != nil ? "not checked" : words
  }

  private static func words(_ counts: [(Int, String)]) -> String {
    counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }
}
