import RopeChart
import RopeFigures
import RopeMath
import RopeReport

/// The page that compares all cases of a batch, as a document; made from the database alone, so it can be made at any
/// time, and shows no timings, so equal results give equal bytes.
public struct BatchIndex: Sendable {
  private let cases: [StoredCase]
  private let version: String

  public init(_ cases: [StoredCase], version: String) {
    self.cases = cases
    self.version = version
  }

  public var document: Document {
    let done = cases.filter { $0.state == .done }
    var sections = [Section(id: "cases", title: "Cases", blocks: [.table(overview)])]
    if let figure { sections.append(Section(id: "reach", title: "Reach", blocks: [.chart(Block.Chart(figure))])) }
    let failed = cases.filter { $0.state == .failed }
    if !failed.isEmpty {
      sections.append(
        Section(
          id: "failed", title: "Cases that failed",
          blocks: [.list(Block.List(failed.map { "\(code: $0.id): \($0.error ?? "")" }))]))
    }
    return Document(
      metadata: Document.Metadata(
        title: "\(done.count) \(done.count == 1 ? "case" : "cases")", subtitle: "What RoPE scaling does to each model at each target",
        creator: "RopeScope \(version)", description: "Index of a batch of RopeScope reports.", keywords: ["RoPE", "context extension"]),
      lead: [.prose(Prose(lead))], sections: sections)
  }

  private var lead: String {
    let counts = CaseState.allCases.map { state in (state, cases.count { $0.state == state }) }.filter { $0.1 > 0 }
    let words = counts.map { "\($0.1) \($0.0 == .planned ? "not computed yet" : $0.0.rawValue)" }
    return "\(Wording.whole(cases.count)) cases: \(words.joined(separator: ", ")). Each name leads to the case's report; the advice is computed from closed forms and simulations, and phase-safe is necessary, not sufficient. Every method of every case stands in summary.csv, summary.md and summary.tex."
  }

  /// One row a case: what to try first and why.
  private var overview: Block.Table {
    Block.Table(
      id: "overview", caption: "One row a case.",
      columns: [
        Block.Table.Column("Case", alignment: .left), Block.Table.Column("Trained", unit: "tokens"),
        Block.Table.Column("Target", unit: "tokens"), Block.Table.Column("Ratio"),
        Block.Table.Column("Phase-safe methods", explanation: "methods that keep every pair inside its trained range at the target"),
        Block.Table.Column(
          "Try first", alignment: .left,
          explanation: "the phase-safe method with fixed frequencies that keeps the most resolution and comes nearest to holding the entropy"),
        Block.Table.Column("Resolution kept", explanation: "Σθ′²/Σθ² of the method to try first"),
        Block.Table.Column("Logits ×", explanation: "factor on every rotated logit of the method to try first"),
        Block.Table.Column("Class", alignment: .left),
      ],
      rows: cases.filter { $0.state == .done }.compactMap { entry in
        guard let summary = entry.summary else { return nil }
        let ratio = Double(summary.targetLength) / Double(max(1, summary.trainedLength))
        let safe = summary.rows.count { ($0.shareOfTarget ?? 1) >= 1 - 1e-5 }
        return Block.Table.Row([
          Block.Table.Cell(Prose(runs: [.externalLink(entry.id, address: "cases/\(entry.id)/report.html")])),
          Block.Table.Cell(Prose(Wording.whole(summary.trainedLength)), value: Double(summary.trainedLength)),
          Block.Table.Cell(Prose(Wording.whole(summary.targetLength)), value: Double(summary.targetLength)),
          Block.Table.Cell(Prose(Wording.number(ratio)), value: ratio),
          Block.Table.Cell(Prose("\(safe) of \(summary.rows.count)"), value: Double(safe)),
        ] + Self.advice(summary))
      })
  }

  private static func advice(_ summary: CaseSummary) -> [Block.Table.Cell] {
    guard let row = summary.rows.first(where: { $0.method == summary.firstMethod }) else {
      return [Block.Table.Cell(summary.targetLength <= summary.trainedLength ? "none needed" : "–")]
    }
    func number(_ value: Double?) -> Block.Table.Cell {
      value.map { Block.Table.Cell(Prose(Wording.fixed($0, decimals: 3)), value: $0) } ?? Block.Table.Cell("–")
    }
    return [
      Block.Table.Cell(Prose(row.name)), number(row.resolutionKept), number(row.logitFactor), Block.Table.Cell(Prose(row.studyClass)),
    ]
  }

  /// Small multiples: the share of the target that each method keeps phase-safe, a panel a target.
  private var figure: Figure? {
    let done = cases.compactMap { entry in entry.summary.map { (entry, $0) } }
    let targets = Set(done.map { $0.1.targetLength }).sorted()
    let methods = ["linear", "ntk", "dynamic", "yarn", "llama3"]
    let panels = targets.compactMap { target -> Panel? in
      let rows = done.filter { $0.1.targetLength == target }.map(\.1)
      let names = rows.map { String($0.modelName.prefix(24)) }
      let marks = methods.compactMap { method -> Mark? in
        let points = rows.enumerated().compactMap { place, summary in
          summary.rows.first { $0.method == method }.map { (min(1, $0.shareOfTarget ?? 1), Double(place)) }
        }
        guard !points.isEmpty else { return nil }
        let name = rows.lazy.flatMap(\.rows).first { $0.method == method }?.name ?? method
        return .dots(Mark.Series(label: name, style: MethodStyles.style(ids: [method]), x: points.map(\.0), y: points.map(\.1)))
      }
      guard !marks.isEmpty else { return nil }
      return Panel(
        title: "\(TokenCount.label(target)) tokens", x: Axis("Phase-safe share of the target", format: .number, domain: 0...1.05),
        y: Axis("", scale: .categories(names)), marks: marks)
    }
    guard !panels.isEmpty else { return nil }
    let most = targets.map { target in done.count { $0.1.targetLength == target } }.max() ?? 1
    return Figure(
      id: "reach", title: "How far each method keeps each model on trained angles",
      caption: "Phase-safe length over the target, cut at 1, under each method's own parameters for that target.",
      alternativeText: "Dots of the phase-safe share of the target for each model and method, a panel a target.",
      panels: panels, columns: min(3, panels.count), aspect: 0.25 + 0.06 * Double(most))
  }

  /// One row a case and method.
  public static func methods(_ cases: [StoredCase]) -> Block.Table {
    Block.Table(
      id: "all-methods", caption: "Every method of every case.",
      columns: [
        Block.Table.Column("Case", alignment: .left), Block.Table.Column("Method", alignment: .left),
        Block.Table.Column("Phase-safe", unit: "tokens"), Block.Table.Column("Of target"), Block.Table.Column("Resolution kept"),
        Block.Table.Column("Logits ×"), Block.Table.Column("Cache", alignment: .left), Block.Table.Column("Class", alignment: .left),
      ],
      rows: cases.flatMap { entry in
        (entry.summary?.rows ?? []).map { row in
          func cell(_ value: Double?, _ none: String, _ text: (Double) -> String) -> Block.Table.Cell {
            value.map { Block.Table.Cell(Prose(text($0)), value: $0) } ?? Block.Table.Cell(Prose(none))
          }
          return Block.Table.Row([
            Block.Table.Cell(Prose(entry.id)), Block.Table.Cell(Prose(row.method)), cell(row.phaseSafeLength, "∞", Wording.tokens),
            cell(row.shareOfTarget, "∞") { Wording.fixed($0, decimals: 3) },
            cell(row.resolutionKept, "–") { Wording.fixed($0, decimals: 3) }, cell(row.logitFactor, "–") { Wording.fixed($0, decimals: 3) },
            Block.Table.Cell(Prose(row.hazard)), Block.Table.Cell(Prose(row.studyClass)),
          ])
        }
      })
  }
}
