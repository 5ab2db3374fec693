import RopeAnalysis
import RopeFigures
import RopeReport

extension BatchIndex {
  /// One row a case and method.
  package static func methods(_ cases: [StoredCase]) -> Block.Table {
    let isMeasured = cases.contains { $0.evaluations != nil }
    func cell(_ value: Double?, _ none: String, _ text: (Double) -> String) -> Cell {
      value.map { Cell(Prose(text($0)), value: $0) } ?? Cell(Prose(none))
    }
    return Block.Table(
      id: "all-methods", caption: "Every method of every case.",
      columns: [
        Column("Case", alignment: .left), Column("Method", alignment: .left), Column("Phase-safe", unit: "tokens"),
        Column("Of target"), Column(ClosedForm.resolutionKept.title), Column(ClosedForm.logitFactor.title),
        Column("Cache", alignment: .left), Column("Class", alignment: .left),
      ] + (isMeasured ? [Column("Perplexity"), Column("Passkey")] : []),
      rows: cases.flatMap { entry in
        (entry.summary?.rows ?? []).map { row in
          var cells = [
            Cell(Prose(entry.id)), Cell(Prose(row.method)), cell(row.phaseSafeLength, "∞", Wording.tokens),
            cell(row.shareOfTarget, "∞") { Wording.fixed($0, decimals: 3) },
            cell(row.resolutionKept, "–") { Wording.fixed($0, decimals: 3) },
            cell(row.logitFactor, "–") { Wording.fixed($0, decimals: 3) }, Cell(Prose(row.hazard)),
            Cell(Prose(row.studyClass)),
          ]
          if isMeasured {
            cells.append(
              cell(entry.evaluations?.perplexity(of: row.method)?.perplexity, "–") { Wording.number($0, digits: 4) })
            let found = entry.evaluations?.passkey(of: row.method)
            cells.append(found.map { Cell(Prose("\($0.correct)/\($0.trials)"), value: Double($0.correct)) } ?? "–")
          }
          return Row(cells)
        }
      })
  }
}
