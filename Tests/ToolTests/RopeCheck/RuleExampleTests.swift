import RopeCheck
import Testing

@Suite struct RuleExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let rule: String
    let index: Int
    let isFailing: Bool
    let example: RuleExample
    var testDescription: String { "\(rule) \(isFailing ? "failing" : "passing") \(index)" }
  }

  static let examples: [Example] = RuleCatalogue.cards.flatMap { card in
    card.failing.enumerated().map { Example(rule: card.id, index: $0, isFailing: true, example: $1) }
      + card.passing.enumerated().map { Example(rule: card.id, index: $0, isFailing: false, example: $1) }
  }

  static func report(_ example: RuleExample, configuration: String? = nil) -> CheckReport {
    var files = example.companions
    if let configuration = configuration ?? example.configuration.nonEmptyText { files["config.json"] = configuration }
    return Checker(files: .memory(files), facts: example.facts).check(paths: ["."])
  }

  static func rules(_ report: CheckReport) -> Set<String> { Set(report.files.flatMap(\.findings).map(\.rule)) }

  @Test(arguments: examples) func isReportedOrPassed(_ example: Example) {
    let report = Self.report(example.example)
    #expect(report.files.compactMap(\.error) == [])
    #expect(Self.rules(report).contains(example.rule) == example.isFailing, "found \(Self.rules(report).sorted())")
    for finding in report.files.flatMap(\.findings) where finding.rule == example.rule {
      #expect(
        finding.text.contains { $0.isNumber } || finding.text.count > 60, "no consequence: \(finding.text)")
      #expect(!finding.text.hasSuffix("."))
      #expect(finding.region.line >= 1 && finding.region.column >= 1)
    }
  }

  @Test func everyRuleHasTextAndBothKindsOfExamples() {
    for card in RuleCatalogue.cards {
      #expect(!card.failing.isEmpty && !card.passing.isEmpty, "\(card.id) lacks examples")
      #expect(
        !card.what.isEmpty && !card.why.isEmpty && !card.fix.isEmpty && !card.references.isEmpty,
        "\(card.id) lacks text")
      #expect(card.id.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }, "\(card.id)")
    }
    let ids = RuleCatalogue.cards.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count >= 60)
  }
}

extension String {
  var nonEmptyText: String? { isEmpty ? nil : self }
}
