import RopeCheck
import RopeFigures
import RopeMath
import RopeReport

/// What `ropescope check` found, by rule and by model.
extension BatchIndex {
  /// A finding of a model, with the targets at which it was made.
  private struct ModelFinding {
    let item: CaseFindings.Item
    var targets: [Int]
  }

  /// How often each rule reports, and behind it each model's findings; nil where nothing was checked.
  var findings: [Block]? {
    let checked = cases.filter { $0.findings != nil }
    guard !checked.isEmpty else { return nil }
    var models: [(model: String, name: String, findings: [ModelFinding])] = []
    for entry in checked {
      let name = entry.summary?.modelName ?? entry.model
      let place = models.firstIndex { $0.model == entry.model } ?? models.endIndex
      if place == models.endIndex { models.append((entry.model, name, [])) }
      for item in entry.findings?.items ?? [] {
        if let known = models[place].findings.firstIndex(where: { $0.item == item }) {
          models[place].findings[known].targets.append(entry.target)
        } else {
          models[place].findings.append(ModelFinding(item: item, targets: [entry.target]))
        }
      }
    }
    let found = models.filter { !$0.findings.isEmpty }
    // What only restates the target is counted, not repeated for each model and target.
    let told = found.map { model in
      (model.name, model.findings.filter { RuleCatalogue.rule(named: $0.item.rule)?.card.restatesTarget != true })
    }.filter { !$0.1.isEmpty }
    var blocks: [Block] = [
      .prose(
        found.isEmpty
          ? "Nothing was found in any configuration."
          : "\(Self.count(found.count, "model")) of \(models.count) have findings. \(code: "ropescope explain RULE") tells more of each rule. That a target lies beyond the file's window, which every extension begins with, is a note."
      )
    ]
    if !found.isEmpty { blocks.append(.table(Self.rules(found.map { ($0.name, $0.findings.map(\.item)) }))) }
    for (name, findings) in told {
      blocks.append(
        .details(
          Block.Details(
            summary: "\(name): \(Self.count(findings.count, "finding"))",
            blocks: [.findings(Block.Findings(findings.map(item)))])))
    }
    let unchecked = checked.filter { $0.findings?.unchecked != nil }
    if !unchecked.isEmpty {
      blocks.append(
        .list(
          Block.List(
            unchecked.map { "\(code: $0.id) could not be checked: \(Self.shortened($0.findings?.unchecked ?? ""))" })))
    }
    return blocks
  }

  private func item(_ finding: ModelFinding) -> Block.Findings.Item {
    let all = Set(cases.map(\.target)).count
    let isAlways = finding.targets.count == all && all > 1
    let at = isAlways ? "at every target" : "at \(Wording.list(finding.targets.map { TokenCount.label($0) }))"
    return Block.Findings.Item(
      .init(rawValue: finding.item.severity.rawValue) ?? .note, rule: finding.item.rule,
      message: Prose(Self.shortened(finding.item.message)), place: "\(finding.item.place), \(at)")
  }

  /// One row a rule, the worst first.
  private static func rules(_ models: [(name: String, items: [CaseFindings.Item])]) -> Block.Table {
    let items = models.flatMap { model in model.items.map { (model.name, $0) } }
    let rows = items.grouped { [$0.1.rule, $0.1.severity.rawValue] }.map(\.elements).enumerated().sorted {
      ($1.element[0].1.severity, $0.offset) < ($0.element[0].1.severity, $1.offset)
    }.map(\.element)
    return Block.Table(
      id: "rules", caption: "Findings by rule.",
      columns: [
        Column("Rule", alignment: .left), Column("Severity", alignment: .left), Column("Models"),
        Column("Which", alignment: .left),
      ],
      rows: rows.map { found in
        let names = found.distinct(\.0), item = found[0].1
        let which = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
        return Row([
          Cell(Prose(item.rule)), Cell(Prose(item.severity.rawValue)),
          Cell(Prose(Wording.whole(names.count)), value: Double(names.count)), Cell(Prose(which)),
        ])
      })
  }
}
