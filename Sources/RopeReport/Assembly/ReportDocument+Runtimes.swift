import RopeConfig
import RopeFigures
import RopeMath
import RopeText

extension ReportDocument {
  /// What each runtime computes from the file's own scaling; nil where the run holds none.
  var runtimes: Section? {
    guard let parity = record.parity else { return nil }
    let others = parity.mismatches.map { "\($0.runtime) \($0.version)" }
    let verdict: Message =
      switch others.count {
      case 0: "Every runtime that takes the file computes the same numbers as \(parity.reference)."
      case 1:
        "\(others[0]) computes other numbers than \(parity.reference): a model trained under one and served by another meets angles that it was not trained on."
      default:
        "\(list: others) compute other numbers than \(parity.reference): a model trained under one and served by another meets angles that it was not trained on."
      }
    return Section(
      id: "runtimes", title: language("What runtimes compute from this file"),
      blocks: [.prose(Prose(language(verdict))), .table(table(parity))] + charts(.runtimes))
  }

  private func table(_ parity: ParityReport) -> Block.Table {
    Block.Table(
      id: "parity-table",
      caption: told("The file's own scaling at \(Wording.whole(parity.length)) tokens, read as each runtime reads it."),
      columns: [
        Block.Table.Column(language("Runtime"), alignment: .left),
        Block.Table.Column(language("Version"), alignment: .left),
        Block.Table.Column(language("Computes"), alignment: .left),
        Block.Table.Column(language("Pairs that differ")),
        Block.Table.Column(
          language("Largest difference"), explanation: language("relative, of any pair or factor")),
        Block.Table.Column(
          language("Phase error"), unit: language("radians"),
          explanation: language("largest over pairs, at this length")),
      ],
      rows: parity.runtimes.map { runtime in
        guard let numbers = runtime.numbers else {
          return Block.Table.Row([
            Block.Table.Cell(Prose(runtime.runtime)), Block.Table.Cell(Prose(runtime.version)),
            Block.Table.Cell(
              Prose(language("nothing")),
              why: runtime.reason.map { language(foreign: $0) } ?? language("it refuses the file")),
          ])
        }
        func cell(_ value: Double?) -> Block.Table.Cell {
          value.map { Block.Table.Cell(Prose(Wording.number($0)), value: $0) } ?? Block.Table.Cell("–")
        }
        return Block.Table.Row([
          Block.Table.Cell(Prose(runtime.runtime)), Block.Table.Cell(Prose(runtime.version)),
          Block.Table.Cell(Prose(language(runtime.isMismatch ? "other numbers" : "the same"))),
          cell(numbers.pairsDiffering.map(Double.init)),
          cell(numbers.maxRelativeDifference), cell(numbers.maxPhaseErrorRadians),
        ])
      })
  }
}
