extension SearchRecord {
  /// The found factors and each method on the texts that the search did not read.
  public var table: RecordTable {
    func number(_ value: Double, digits: Int = 4) -> String { RecordTable.text(value, digits: digits) }
    func range(_ difference: SearchComparison.Difference) -> String {
      difference.lower.flatMap { low in
        difference.upper.map { "\(number(low, digits: 2)) … \(number($0, digits: 2))" }
      } ?? "–"
    }
    func row(_ name: String, _ summary: SearchSummary) -> [String] {
      [name, number(summary.loss), number(summary.needleLoss, digits: 3), "\(summary.found)/\(summary.windows)"]
    }
    let own = heldOut.map { row("found", $0) + ["", "", "", ""] }
    let others = baselines.map { entry in
      row(entry.method, entry.summary) + [
        number(entry.lossDifference.mean, digits: 2), range(entry.lossDifference), range(entry.foundDifference),
        verdict(entry),
      ]
    }
    return RecordTable(
      columns: [
        .text("method"), .number("nats/token"), .number("needle"), .number("found"), .number("Δ loss"),
        .number("95 %"), .number("Δ found, 95 %"), .text(""),
      ],
      rows: (own.map { [$0] } ?? []) + others, notes: notes)
  }

  private func verdict(_ entry: SearchComparison) -> String {
    let parts = [
      told(entry.lossDifference, isBetter: entry.lossDifference.mean < 0, "loss"),
      told(entry.foundDifference, isBetter: entry.foundDifference.mean > 0, "retrieval"),
    ].compactMap { $0 }
    return parts.isEmpty ? "not told apart" : parts.joined(separator: ", ")
  }

  private func told(_ difference: SearchComparison.Difference, isBetter: Bool, _ name: String) -> String? {
    difference.isToldApart ? "\(name): found is \(isBetter ? "better" : "worse")" : nil
  }

  private var notes: [String] {
    guard let heldOut else { return [] }
    let documents = heldOut.documents == 1 ? "one text" : "\(heldOut.documents) texts"
    return [
      "\(heldOut.windows) windows of \(documents) that the search did not read; Δ is found less the method.",
      heldOut.documents > 1
        ? "Intervals of losses are Student's t over texts, those of retrieval Newcombe's over windows; told apart at 0.05 after Holm."
        : "One text says nothing of others: there is no interval of the loss.",
    ]
  }
}
