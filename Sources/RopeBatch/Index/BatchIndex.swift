import RopeChart
import RopeFigures
import RopeMath
import RopeReport
import RopeText

/// The page that compares all cases of a batch, as a document; made from the database alone, so it can be made at any
/// time, and shows no timings, so equal results give equal bytes.
package struct BatchIndex: Sendable {
  typealias Column = Block.Table.Column
  typealias Row = Block.Table.Row
  typealias Cell = Block.Table.Cell

  let cases: [StoredCase]
  private let version: String

  package init(_ cases: [StoredCase], version: String) {
    self.cases = cases
    self.version = version
  }

  /// Where a page is read: a screen folds what paper leaves out.
  package enum Medium: Sendable { case screen, paper }

  package func document(for medium: Medium) -> Document {
    var sections = [Section(id: "models", title: "Models and targets", blocks: [.table(matrix)])]
    if !advice.isEmpty { sections.append(Section(id: "advice", title: "Why", blocks: advice)) }
    if medium == .screen, let settings {
      sections.append(Section(id: "settings", title: "Settings for servers", blocks: settings))
    }
    if let measurements { sections.append(Section(id: "measured", title: "Measured", blocks: measurements)) }
    let figures = self.figures
    if !figures.isEmpty {
      sections.append(
        Section(
          id: "methods", title: "Methods compared",
          blocks: figures.map { figure in
            var chart = Block.Chart(figure)
            // Its panels share one legend, which the figure draws.
            chart.showsKey = false
            return .chart(chart)
          }))
    }
    if let findings { sections.append(Section(id: "findings", title: "Findings of check", blocks: findings)) }
    if !failures.isEmpty {
      sections.append(Section(id: "failed", title: "Cases that failed", blocks: [.list(Block.List(failures))]))
    }
    if medium == .screen || cases.count <= Self.casesOnPaper {
      sections.append(Section(id: "cases", title: "Cases", blocks: [.table(overview)]))
    }
    sections.append(Section(id: "files", title: "Files", blocks: [.list(files)]))
    let targets = Set(cases.map(\.target)).count
    return Document(
      metadata: Document.Metadata(
        title: "\(Self.count(models.count, "model")) at \(Self.count(targets, "target length"))",
        subtitle: "What RoPE scaling does to each model at each target length", creator: "RopeScope \(version)",
        description: "Index of a batch of RopeScope reports.", keywords: ["RoPE", "context extension"]),
      lead: [.prose(lead)], sections: sections)
  }

  /// Rows of the table of cases that paper still shows; more stand in the files.
  private static let casesOnPaper = 30

  static func count(_ number: Int, _ word: String) -> String {
    "\(Wording.whole(number)) \(word)\(number == 1 ? "" : "s")"
  }

  /// A message that cannot fill the page.
  static func shortened(_ text: String) -> String { text.count > 400 ? String(text.prefix(399)) + "…" : text }

  /// The report of a case, by its name.
  static func link(_ entry: StoredCase, text: String? = nil) -> Inline {
    .externalLink(text ?? entry.id, address: "cases/\(entry.id)/report.html")
  }

  private var lead: Prose {
    let words: [(CaseState, String)] = [
      (.done, "done"), (.running, "being computed"), (.planned, "not computed yet"), (.failed, "failed"),
    ]
    let counts = words.compactMap { state, word -> String? in
      let number = cases.count { $0.state == state }
      return number > 0 ? "\(Wording.whole(number)) \(word)" : nil
    }
    let known = counts.count == 1 && cases.allSatisfy { $0.state == .done } ? "all done" : Wording.list(counts)
    return
      "\(Self.count(cases.count, "case")), \(known). A case is a model at a target length; its advice leads to its report. The advice comes from closed forms and simulations: phase-safe, that no pair of dimensions meets an angle that training never showed, is a conservative indicator."
  }

  private var files: Block.List {
    Block.List([
      "Every method of every case: \(link: "summary.csv", address: "summary.csv"), \(link: "summary.md", address: "summary.md"), \(link: "summary.tex", address: "summary.tex")",
      "The first table alone, for a wiki: \(link: "index.md", address: "index.md")",
      "This page on paper: \(link: "index.pdf", address: "index.pdf")",
      "Of each case: report.html, report.pdf, the record run.json, figures and their data, under \(code: "cases/CASE/")",
    ])
  }

  // MARK: What to try first

  /// One row a case: what to try first.
  var overview: Block.Table {
    let hasFindings = cases.contains { $0.findings != nil }
    let hasEvaluations = cases.contains { $0.evaluations != nil }
    var columns = [
      Column("Case", alignment: .left), Column("Trained", unit: "tokens"), Column("Target", unit: "tokens"),
      Column("Ratio", explanation: "target over trained length"),
      Column(
        "Safe", unit: "methods",
        explanation: "methods that keep every pair inside its trained range at the target, of all that are defined"),
      Column("Try first", alignment: .left, explanation: "what the adviser says; what decided stands below"),
      Column("Resolution", unit: "kept", explanation: "Σθ′²/Σθ² of the method to try first"),
      Column("Logits", unit: "factor", explanation: "factor on every rotated logit of the method to try first"),
    ]
    if hasEvaluations {
      columns.append(
        Column(
          "Perplexity", unit: "lowest", alignment: .left,
          explanation: "the method with the lowest perplexity at the longest length that was measured"))
      columns.append(
        Column(
          "Passkey", unit: "most found", alignment: .left,
          explanation: "the method that finds the hidden number most often over all lengths and depths"))
    }
    if hasFindings {
      columns.append(Column("Findings", alignment: .left, explanation: "of ropescope check at the target"))
    }
    return Block.Table(
      id: "overview", caption: "One row a case.", columns: columns,
      rows: cases.filter { $0.state == .done }.compactMap { entry in
        guard let summary = entry.summary else { return nil }
        let ratio = Double(summary.targetLength) / Double(max(1, summary.trainedLength))
        let safe = summary.rows.count { ($0.shareOfTarget ?? 1) >= 1 - 1e-5 }
        var cells =
          [
            Cell(Prose(runs: [Self.link(entry)])),
            Cell(Prose(Wording.whole(summary.trainedLength)), value: Double(summary.trainedLength)),
            Cell(Prose(Wording.whole(summary.targetLength)), value: Double(summary.targetLength)),
            Cell(Prose(Wording.number(ratio)), value: ratio),
            Cell(Self.unbroken("\(safe) of \(summary.rows.count)"), value: Double(safe)),
          ] + Self.first(summary)
        if hasEvaluations { cells += Self.measured(entry) }
        if hasFindings { cells.append(Self.findings(entry)) }
        return Row(cells)
      })
  }

  /// Text of a cell that stays on one line; a table that is too wide scrolls.
  private static func unbroken(_ text: String) -> Prose { Prose(text.replacing(" ", with: "\u{A0}")) }

  private static func first(_ summary: CaseSummary) -> [Cell] {
    guard let row = summary.rows.first(where: { $0.method == summary.firstMethod }) else {
      let words =
        switch summary.advice?.action {
        case .unchanged: "as it is"
        case .window: "window raised"
        case .method: Self.short(summary)
        case .some(.none), nil: "none advised"
        }
      return [Cell(unbroken(words)), "–", "–"]
    }
    func number(_ value: Double?) -> Cell {
      value.map { Cell(Prose(Wording.fixed($0, decimals: 3)), value: $0) } ?? "–"
    }
    return [Cell(unbroken(row.name)), number(row.resolutionKept), number(row.logitFactor)]
  }

  /// A method as a case's summary calls it.
  static func name(_ method: String, _ entry: StoredCase) -> String {
    entry.summary?.rows.first { $0.method == method }?.name ?? method
  }

  private static func measured(_ entry: StoredCase) -> [Cell] {
    let perplexity = entry.evaluations?.lowestPerplexity
    let passkey = entry.evaluations?.mostFound
    return [
      perplexity.map {
        Cell(unbroken("\(Wording.number($0.perplexity, digits: 4)) \(name($0.method, entry))"), value: $0.perplexity)
      } ?? "–",
      passkey.map {
        Cell(
          unbroken($0.correct == 0 ? "0/\($0.trials)" : "\($0.correct)/\($0.trials) \(name($0.method, entry))"),
          value: Double($0.correct) / Double(max(1, $0.trials)))
      } ?? "–",
    ]
  }

  private static func findings(_ entry: StoredCase) -> Cell {
    guard let findings = entry.findings else { return "–" }
    let weight = Double(findings.errors * 1_000_000 + findings.warnings * 1000 + findings.notes)
    return Cell(unbroken(findings.counts.isEmpty ? "none" : findings.counts), value: weight)
  }

  /// What decided, each once, then the cautions, each once; each with the models and targets that it holds for.
  private var advice: [Block] {
    let advised = cases.filter { $0.state == .done }.compactMap { entry in entry.summary?.advice.map { (entry, $0) } }
    let decided = advised.map { entry, advice in
      let isNone = advice.action == .none
      return (isNone ? Language.english(advice.headline) : Language.english.sentence(advice.decidedBy), entry)
    }
    let cautions = advised.flatMap { entry, advice in
      advice.cautions.map { ("Beware: " + Language.english.sentence($0.message), entry) }
    }
    let said = (decided + cautions).grouped { $0.0 }
    guard !said.isEmpty else { return [] }
    return [.list(Block.List(said.map { Prose("\($0.value) This is said of \(named($0.elements.map(\.1)))") }))]
  }

  /// Models that a sentence names; more are counted.
  private static let namedModels = 8

  /// `qwen2.5-7b at 64k and 128k, phi-4 at 64k`; a model alone where it holds at every target.
  func named(_ entries: [StoredCase]) -> String {
    let all = models.map { model in (model, entries.filter { $0.model == model }) }.filter { !$0.1.isEmpty }
    let names = all.prefix(Self.namedModels).map { model, own -> String in
      let name = name(of: model)
      let isAlways = own.count == cases.count { $0.model == model }
      return isAlways ? name : "\(name) at \(Wording.list(own.map { TokenCount.label($0.target) }))"
    }
    let rest = all.count - names.count
    return (names + (rest > 0 ? ["and \(Self.count(rest, "more model"))"] : [])).joined(separator: ", ") + "."
  }

  /// Failures that differ only in the target count as one.
  private var failures: [Prose] {
    cases.filter { $0.state == .failed }.grouped { [$0.model, $0.error ?? ""] }.map { key, entries in
      let list = entries.map { Prose(runs: [.code($0.id)]) }
      return list.dropFirst().reduce(list.first ?? "") { $0 + ", " + $1 } + Prose(": \(Self.shortened(key[1]))")
    }
  }
}
