import RopeAnalysis
import RopeFigures
import RopeRecords

extension StudyDocument {
  /// Which closed forms go with what was measured: what came out in a sentence, and every correlation; nil where there are
  /// too few cases.
  var predictions: (sentence: Block, table: Block.Table)? {
    guard let prediction, prediction.properties.contains(where: { $0.correlation != nil }) else { return nil }
    let told = prediction.properties.filter(\.isToldFromNothing)
    let known = prediction.properties.filter { $0.lower != nil }
    let byChance = (known.count + 10) / 20
    let opening = "\(prediction.cases.count) cases: methods at the lengths that were measured. "
    let finding =
      known.isEmpty
      ? "With fewer than four methods there are no intervals, and nothing can be said."
      : told.isEmpty
        ? "No interval leaves out 0: none of these closed forms is told to predict what was measured here."
        : "\(told.count) of \(known.count) intervals leave\(told.count == 1 ? "s" : "") out 0, where chance alone would give about \(byChance): \(Wording.list(told.map(Self.finding)))."
    return (
      .prose(
        "\(opening)Each closed form is ranked against what was measured; the sign says whether more of it goes with more loss, or more found. Intervals are each for itself, not adjusted for how many there are. \(finding)"
      ), table(prediction)
    )
  }

  private static func finding(_ entry: PredictionRecord.Property) -> String {
    "\(name(entry)) with \(entry.against) (\(Wording.fixed(entry.correlation ?? .nan, decimals: 2)))"
  }

  private static func name(_ entry: PredictionRecord.Property) -> String { ClosedForm.title(of: entry.property) }

  private func table(_ prediction: PredictionRecord) -> Block.Table {
    Block.Table(
      id: "prediction-table", caption: "Rank correlations of closed forms with what was measured.",
      columns: [
        Block.Table.Column("Closed form", alignment: .left), Block.Table.Column("Measured", alignment: .left),
        Block.Table.Column("ρ", explanation: "Spearman's rank correlation"),
        Block.Table.Column(
          "95 % interval", alignment: .left, explanation: "bootstrap over methods, each for itself"),
        Block.Table.Column("Cases"), Block.Table.Column("Methods"),
      ],
      rows: prediction.properties.map { entry in
        func number(_ value: Double) -> String { Wording.fixed(value, decimals: 2) }
        let interval = entry.lower.flatMap { low in entry.upper.map { "\(number(low)) to \(number($0))" } } ?? "–"
        return Block.Table.Row([
          Block.Table.Cell(Prose(Self.name(entry))), Block.Table.Cell(Prose(entry.against)),
          Block.Table.Cell(Prose(entry.correlation.map(number) ?? "–"), value: entry.correlation),
          Block.Table.Cell(Prose(interval)), Block.Table.Cell(Prose("\(entry.cases)"), value: Double(entry.cases)),
          Block.Table.Cell(Prose("\(entry.clusters)"), value: Double(entry.clusters)),
        ])
      }, sortable: false)
  }
}
