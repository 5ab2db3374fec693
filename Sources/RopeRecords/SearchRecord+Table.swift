import RopeText

extension SearchRecord {
  /// The found factors and each method on the texts that the search did not read.
  public var table: RecordTable {
    func number(_ value: Double, digits: Int = 4) -> String { RecordTable.text(value, digits: digits) }
    func range(_ difference: SearchComparison.Difference) -> String {
      difference.lower.flatMap { low in
        difference.upper.map { "\(number(low, digits: 2)) … \(number($0, digits: 2))" }
      } ?? "–"
    }
    func row(_ name: Message, _ summary: SearchSummary) -> [Message] {
      [name]
        + RecordTable.cells([
          number(summary.loss), number(summary.needleLoss, digits: 3), "\(summary.found)/\(summary.windows)",
        ])
    }
    let own = heldOut.map { row("searched", $0) + ["", "", "", ""] }
    let others = baselines.map { entry in
      row("\(entry.method)", entry.summary)
        + RecordTable.cells([
          number(entry.lossDifference.mean, digits: 2), range(entry.lossDifference), range(entry.foundDifference),
        ]) + [verdict(entry)]
    }
    return RecordTable(
      columns: [
        .text("method"), .number("nats/token"), .number("needle"), .number("found"), .number("Δ loss"),
        .number("95 %"), .number("Δ found, 95 %"), .text(""),
      ],
      rows: (own.map { [$0] } ?? []) + others, notes: notes)
  }

  private func verdict(_ entry: SearchComparison) -> Message {
    let loss = entry.lossDifference, found = entry.foundDifference
    var parts: [Message] = []
    if loss.isToldApart { parts.append(loss.mean < 0 ? "loss: searched is better" : "loss: searched is worse") }
    if found.isToldApart {
      parts.append(found.mean > 0 ? "retrieval: searched is better" : "retrieval: searched is worse")
    }
    return parts.isEmpty ? "not told apart" : .names(told: parts)
  }

  private var notes: [Message] {
    guard let heldOut else { return [] }
    return [
      heldOut.windows == 1
        ? "1 window of one text that the search did not read; Δ is searched less the method."
        : heldOut.documents == 1
          ? "\(heldOut.windows) windows of one text that the search did not read; Δ is searched less the method."
          : "\(heldOut.windows) windows of \(heldOut.documents) texts that the search did not read; Δ is searched less the method.",
      heldOut.documents > 1
        ? "Intervals of losses are Student's t over texts, those of retrieval Newcombe's over windows; told apart at 0.05 after Holm."
        : "One text says nothing of others: there is no interval of the loss.",
    ]
  }
}
