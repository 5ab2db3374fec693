import RopeMath
import RopeText

/// Everything there is to know about a rule but its condition: explanation, documentation and outputs read it.
public struct RuleCard: Sendable {
  /// Kebab case, as people select and suppress it.
  public let id: String
  public let severity: Severity
  /// What is wrong, in one line.
  public let what: String
  /// What it costs.
  public let why: String
  /// What to write instead.
  public let fix: String
  /// Threads and sources in which the mistake was met: `owner/name#number`, or words.
  public let references: [String]
  /// Configurations that the rule must report; the first is shown as the example.
  public let failing: [RuleExample]
  /// Configurations that the rule must pass.
  public let passing: [RuleExample]
  /// Whether it says no more than that the target lies beyond the file, which whoever names a target knows.
  public let restatesTarget: Bool

  public init(
    _ id: String, _ severity: Severity, _ what: String, why: String, fix: String, references: [String],
    failing: [RuleExample], passing: [RuleExample], restatesTarget: Bool = false
  ) {
    self.id = id
    self.severity = severity
    self.what = what
    self.why = why
    self.fix = fix
    self.references = references
    self.failing = failing
    self.passing = passing
    self.restatesTarget = restatesTarget
  }

  /// The rule's page, as Markdown.
  public var page: String {
    var lines = ["# \(id) (\(severity.rawValue))", "", what + ".", "", "**Why.** \(why)", "", "**Fix.** \(fix)"]
    for (title, example) in [("Reported", failing.first), ("Accepted", passing.first)] {
      guard let example else { continue }
      lines += ["", "**\(title):**", "", "```json", example.configuration, "```"]
      if let facts = example.facts.told { lines += ["", "with \(Language.english(facts))"] }
      for (name, text) in example.companions.sorted(by: { $0.key < $1.key }) {
        lines += ["", "and `\(name)`", "", "```", text, "```"]
      }
    }
    if !references.isEmpty {
      lines += ["", "**Seen in:** " + references.map(RuleReference.markdown).joined(separator: ", ")]
    }
    return lines.joined(separator: "\n")
  }
}
