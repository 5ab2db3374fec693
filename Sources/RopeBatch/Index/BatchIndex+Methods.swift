import RopeAnalysis
import RopeFigures
import RopeReport

extension BatchIndex {
  /// One row a case and method.
  package static func methods(_ cases: [StoredCase]) -> Block.Table {
    let isMeasured = cases.contains { $0.evaluations != nil }
    func cell(_ value: Double?, _ none: String, _ text: (Double) -> String) -> Block.Table.Cell {
      value.map { Block.Table.Cell(Prose(text($0)), value: $0) } ?? Block.Table.Cell(Prose(none))
    }
    return Block.Table(
      id: "all-methods", caption: "Every method of every case.",
      columns: [
        Block.Table.Column("Case", alignment: .left), Block.Table.Column("Method", alignment: .left),
        Block.Table.Column("Phase-safe", unit: "tokens"), Block.Table.Column("Of target"),
        Block.Table.Column(ClosedForm.resolutionKept.title), Block.Table.Column(ClosedForm.logitFactor.title),
        Block.Table.Column("Cache", alignment: .left),
        Block.Table.Column("Class", alignment: .left),
      ] + (isMeasured ? [Block.Table.Column("Perplexity"), Block.Table.Column("Passkey")] : []),
      rows: cases.flatMap { entry in
        (entry.summary?.rows ?? []).map { row in
          var cells = [
            Block.Table.Cell(Prose(entry.id)), Block.Table.Cell(Prose(row.method)),
            cell(row.phaseSafeLength, "∞", Wording.tokens),
            cell(row.shareOfTarget, "∞") { Wording.fixed($0, decimals: 3) },
            cell(row.resolutionKept, "–") { Wording.fixed($0, decimals: 3) },
            cell(row.logitFactor, "–") { Wording.fixed($0, decimals: 3) },
            Block.Table.Cell(Prose(row.hazard)), Block.Table.Cell(Prose(row.studyClass)),
          ]
          if isMeasured {
            cells.append(
              cell(entry.evaluations?.perplexity(of: row.method)?.perplexity, "–") { Wording.number($0, digits: 4) })
            let found = entry.evaluations?.passkey(of: row.method)
            cells.append(
              found.map { Block.Table.Cell(Prose("\($0.correct)/\($0.trials)"), value: Double($0.correct)) } ?? "–")
          }
          return Block.Table.Row(cells)
        }
      })
  }
}
