import RopeAnalysis
import RopeFigures
import RopeRecords
import RopeText

extension StudyDocument {
  /// Which closed forms go with what was measured: what came out in a sentence, and every correlation; nil where there are
  /// too few cases.
  var predictions: (sentences: [Block], table: Block.Table)? {
    guard let prediction, prediction.properties.contains(where: { $0.correlation != nil }) else { return nil }
    let told = prediction.properties.filter(\.isToldFromNothing)
    let known = prediction.properties.filter { $0.lower != nil }
    let byChance = (known.count + 10) / 20
    let together: [Block] =
      prediction.tellsAllFound
      ? [.prose(self.told("“found” takes all measurements but the loss together, each ranked for itself."))] : []
    let finding: Message =
      switch (known.count, told.count) {
      case (0, _): "With fewer than four methods there are no intervals, and nothing can be said."
      case (_, 0): "No interval leaves out 0: none of these closed forms is told to predict what was measured here."
      case (_, 1):
        "1 of \(known.count) intervals leaves out 0, where chance alone would give about \(byChance): \(list: told.map(finding))."
      default:
        "\(told.count) of \(known.count) intervals leave out 0, where chance alone would give about \(byChance): \(list: told.map(finding))."
      }
    let opening = Block.prose(
      self.told(
        "\(prediction.cases.count) cases: methods at the lengths that were measured. Each closed form is ranked against what was measured, among the methods of one length: that longer texts are harder for all of them is no connection. The sign says whether more of it goes with more loss, or more found. Intervals are each for itself, not adjusted for how many there are. \(finding)"
      ))
    return ([opening] + together, table(prediction))
  }

  private func finding(_ entry: PredictionRecord.Property) -> Message {
    "\(name(entry)) with \(against(entry)) (\(Wording.fixed(entry.correlation ?? .nan, decimals: 2)))"
  }

  private func name(_ entry: PredictionRecord.Property) -> String {
    language(foreign: ClosedForm.title(of: entry.property))
  }

  /// A benchmark keeps its name.
  private func against(_ entry: PredictionRecord.Property) -> String { language(foreign: entry.against) }

  private func table(_ prediction: PredictionRecord) -> Block.Table {
    Block.Table(
      id: "prediction-table", caption: told("Rank correlations of closed forms with what was measured."),
      columns: [
        Block.Table.Column(language("Closed form"), alignment: .left),
        Block.Table.Column(language("Measured"), alignment: .left),
        Block.Table.Column(
          "ρ", explanation: language("Spearman's rank correlation, ranked among the methods of one length")),
        Block.Table.Column(
          language("95 % interval"), alignment: .left, explanation: language("bootstrap over methods, each for itself")),
        Block.Table.Column(language("Cases")), Block.Table.Column(language("Methods")),
      ],
      rows: prediction.properties.map { entry in
        func number(_ value: Double) -> String { Wording.fixed(value, decimals: 2) }
        let interval =
          entry.lower.flatMap { low in
            entry.upper.map { low <= $0 ? range(low...$0, decimals: 2) : "–" }
          } ?? "–"
        return Block.Table.Row([
          Block.Table.Cell(Prose(name(entry))), Block.Table.Cell(Prose(against(entry))),
          Block.Table.Cell(Prose(entry.correlation.map(number) ?? "–"), value: entry.correlation),
          Block.Table.Cell(Prose(interval)), Block.Table.Cell(Prose("\(entry.cases)"), value: Double(entry.cases)),
          Block.Table.Cell(Prose("\(entry.clusters)"), value: Double(entry.clusters)),
        ])
      }, sortable: false)
  }
}
