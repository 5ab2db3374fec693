import RopeConfig
import RopeFigures
import RopeMath

extension ReportDocument {
  /// What each runtime computes from the file's own scaling; nil where the run holds none.
  var runtimes: Section? {
    guard let parity = record.parity else { return nil }
    let mismatches = parity.mismatches
    let verdict =
      mismatches.isEmpty
      ? "Every runtime that takes the file computes the same numbers as \(parity.reference)."
      : "\(Wording.list(mismatches.map { "\($0.runtime) \($0.version)" })) \(mismatches.count == 1 ? "computes" : "compute") other numbers than \(parity.reference): a model trained under one and served by another meets angles that it was not trained on."
    return Section(
      id: "runtimes", title: "What runtimes compute from this file",
      blocks: [.prose(Prose(verdict)), .table(table(parity))] + charts(.runtimes))
  }

  private func table(_ parity: ParityReport) -> Block.Table {
    Block.Table(
      id: "parity-table",
      caption: "The file's own scaling at \(Wording.whole(parity.length)) tokens, read as each runtime reads it.",
      columns: [
        Block.Table.Column("Runtime", alignment: .left), Block.Table.Column("Version", alignment: .left),
        Block.Table.Column("Computes", alignment: .left), Block.Table.Column("Pairs that differ"),
        Block.Table.Column("Largest difference", explanation: "relative, of any pair or factor"),
        Block.Table.Column("Phase error", unit: "radians", explanation: "largest over pairs, at this length"),
      ],
      rows: parity.runtimes.map { runtime in
        guard let numbers = runtime.numbers else {
          return Block.Table.Row([
            Block.Table.Cell(Prose(runtime.runtime)), Block.Table.Cell(Prose(runtime.version)),
            Block.Table.Cell("nothing", why: runtime.reason ?? "it refuses the file"),
          ])
        }
        func cell(_ value: Double?) -> Block.Table.Cell {
          value.map { Block.Table.Cell(Prose(Wording.number($0)), value: $0) } ?? Block.Table.Cell("–")
        }
        return Block.Table.Row([
          Block.Table.Cell(Prose(runtime.runtime)), Block.Table.Cell(Prose(runtime.version)),
          Block.Table.Cell(Prose(runtime.isMismatch ? "other numbers" : "the same")),
          cell(numbers.pairsDiffering.map(Double.init)),
          cell(numbers.maxRelativeDifference), cell(numbers.maxPhaseErrorRadians),
        ])
      })
  }
}
