import RopeAnalysis
import RopeChart
import RopeFigures
import RopeInference
import RopeMath
import RopeReport

/// What the index shows behind its first table: measurements, small multiples, every method of every case.
extension BatchIndex {
  // MARK: Measurements

  /// One row a case, method and length; nil where nothing was measured.
  var measurements: [Block]? {
    let measured = cases.filter { $0.evaluations != nil }
    guard !measured.isEmpty else { return nil }
    var blocks: [Block] = [
      .prose(
        "Parameters of each method are derived from the case's target. Perplexity is that of the plan's text, in windows; the ± is one standard error of the mean loss, carried over. What was measured in full stands beside each report, in a file named by the evaluation, such as perplexity.json."
      )
    ]
    let perplexity = measured.flatMap { entry in (entry.evaluations?.perplexity ?? []).map { (entry, $0) } }
    if !perplexity.isEmpty {
      blocks.append(
        measurementTable(
          "perplexity", "Perplexity by method and length.",
          columns: [Column("Windows"), Column("Loss", unit: "nats/token"), Column("Perplexity"), Column("±")],
          rows: perplexity.map { entry, run in
            let error = run.perplexity * (run.standardError ?? .nan)
            let windows = run.windows ?? 0
            return (
              entry, run.method, run.length,
              [
                Cell(Prose(Wording.whole(windows)), value: Double(windows)),
                Cell(Prose(Wording.fixed(run.nll, decimals: 3)), value: run.nll),
                Cell(Prose(Wording.number(run.perplexity, digits: 4)), value: run.perplexity),
                Cell(Prose(Wording.number(error, digits: 2)), value: error),
              ]
            )
          }))
    }
    let passkey = measured.flatMap { entry in Self.passkeyRows(entry).map { (entry, $0) } }
    if !passkey.isEmpty {
      blocks.append(
        measurementTable(
          "passkey", "Passkey: trials in which the hidden number was found, over all depths.",
          columns: [
            Column("Found"), Column("Mean rank", explanation: "of the right next token, 1 the best"),
            Column("Loss", unit: "nats", explanation: "summed over the number's tokens, mean over trials"),
          ],
          rows: passkey.map { entry, row in
            (
              entry, row.method, row.length,
              [
                Cell(Prose("\(row.correct) of \(row.trials)"), value: Double(row.correct) / Double(max(1, row.trials))),
                Cell(Prose(Wording.number(row.rank)), value: row.rank),
                Cell(Prose(Wording.number(row.nll)), value: row.nll),
              ]
            )
          }))
    }
    for task in Self.tasks(measured) {
      blocks.append(
        measurementTable(
          task.id, "\(task.title), with 95 % intervals; told apart from the first method on the same items (Holm).",
          columns: [
            Column("Score", explanation: "share of the answer's parts whose tokens all rank first"),
            Column("95 %", alignment: .left), Column("Items"),
            Column("Loss", unit: "nats", explanation: "summed over the answer's tokens, mean over items"),
            Column("Against the first", alignment: .left),
          ], rows: task.rows))
    }
    let refused = measured.flatMap { entry in (entry.evaluations?.refused ?? []).map { (entry, $0) } }
    if !refused.isEmpty {
      blocks.append(
        .details(
          Block.Details(
            id: "not-measured", summary: "Methods that were not measured",
            blocks: [
              .list(
                Block.List(refused.map { "\(code: $0.0.id), \(code: $0.1.method): \(Self.shortened($0.1.reason))" }))
            ])))
    }
    return blocks
  }

  /// A table whose rows begin with case, method and length.
  private func measurementTable(
    _ id: String, _ caption: Prose, columns: [Column],
    rows: [(entry: StoredCase, method: String, length: Int, cells: [Cell])]
  ) -> Block {
    .table(
      Block.Table(
        id: id, caption: caption,
        columns: [
          Column("Case", alignment: .left), Column("Method", alignment: .left), Column("Length", unit: "tokens"),
        ] + columns,
        rows: rows.map { row in
          Row(
            [
              Cell(Prose(runs: [Self.link(row.entry)])), Cell(Prose(Self.name(row.method, row.entry))),
              Cell(Prose(Wording.whole(row.length)), value: Double(row.length)),
            ] + row.cells)
        }))
  }

  private typealias TaskRow = (entry: StoredCase, method: String, length: Int, cells: [Cell])

  /// The scores of each task that was measured, over all cases.
  private static func tasks(_ measured: [StoredCase]) -> [(id: String, title: String, rows: [TaskRow])] {
    EvaluationCatalogue.tasks.compactMap { kind in
      let rows = measured.flatMap { entry -> [TaskRow] in
        (entry.evaluations?.tasks ?? []).filter { $0.task == kind.id }.flatMap { task in
          task.summary.map { score -> TaskRow in
            let comparison = task.comparisons.first { $0.method == score.method && $0.length == score.length }
            let interval = score.lower.flatMap { low in
              score.upper.map { "\(Wording.fixed(low, decimals: 2)) to \(Wording.fixed($0, decimals: 2))" }
            }
            return (
              entry, score.method, score.length,
              [
                Cell(Prose(Wording.fixed(score.score, decimals: 2)), value: score.score), Cell(Prose(interval ?? "–")),
                Cell(Prose("\(score.items ?? 0)"), value: Double(score.items ?? 0)),
                Cell(Prose(Wording.number(score.nll ?? .nan)), value: score.nll ?? .nan),
                Cell(
                  Prose(
                    comparison.map {
                      "\(Wording.fixed($0.difference, decimals: 2)), \($0.isToldApart ? "told apart" : "not told apart")"
                    } ?? "")),
              ]
            )
          }
        }
      }
      return rows.isEmpty ? nil : (kind.id, kind.title, rows)
    }
  }

  private struct PasskeyRow {
    let method: String
    let length: Int
    let correct: Int
    let trials: Int
    let rank: Double
    let nll: Double
  }

  /// Depths taken together.
  private static func passkeyRows(_ entry: StoredCase) -> [PasskeyRow] {
    (entry.evaluations?.passkey ?? []).grouped { [$0.method, "\($0.length)"] }.map { _, all in
      PasskeyRow(
        method: all[0].method, length: all[0].length, correct: all.reduce(0) { $0 + $1.correct },
        trials: all.reduce(0) { $0 + $1.trials },
        rank: all.reduce(0) { $0 + ($1.meanRank ?? .nan) } / Double(all.count),
        nll: all.reduce(0) { $0 + ($1.nll ?? .nan) } / Double(all.count))
    }
  }

  // MARK: Small multiples

  /// Methods that figures show, in this order.
  private static let shown = ["linear", "ntk", "dynamic", "yarn", "llama3"]
  /// Models that figures show; where there are more, the last figure says so.
  private static let modelLimit = 60
  private typealias Finished = (entry: StoredCase, summary: CaseSummary)

  /// A panel a target, as many models to a figure as fit on a page: how far each method reaches, and what it costs.
  var figures: [Figure] {
    let done = cases.filter { $0.state == .done }.compactMap { entry in
      entry.summary.map { (entry: entry, summary: $0) }
    }
    // Inside the trained length there is nothing to compare.
    let rows = done.filter { $0.summary.targetLength > $0.summary.trainedLength }
    let models = rows.distinct(\.entry.model)
    let targets = Set(rows.map(\.summary.targetLength)).count
    let fitting = min(30, max(6, 40 / max(1, (targets + 1) / 2)))
    let shown = models.prefix(Self.modelLimit)
    let parts = stride(from: 0, to: shown.count, by: fitting).map { Set(shown.dropFirst($0).prefix(fitting)) }
    let inside = done.filter { $0.summary.targetLength <= $0.summary.trainedLength }.map(\.entry)
    let left =
      (models.count > shown.count ? " The first \(shown.count) models; summary.csv has all." : "")
      + (inside.isEmpty ? "" : " Not drawn, since the target lies within what they were trained on: \(named(inside))")
    return parts.enumerated().flatMap { place, part -> [Figure] in
      let suffix = parts.count > 1 ? ", part \(place + 1) of \(parts.count)" : ""
      let id = place > 0 ? "-\(place + 1)" : ""
      let rest = place == parts.count - 1 ? left : ""
      let rows = rows.filter { part.contains($0.entry.model) }
      return [
        figure(
          rows, "reach\(id)", "How far each method keeps each model on trained angles\(suffix)",
          axis: "Phase-safe share of the target",
          caption:
            "Phase-safe length over the target, cut at 1, under each method's own parameters for that target.\(rest)"
        ) { min(1, $0.shareOfTarget ?? 1) },
        figure(
          rows, "resolution\(id)", "What each method costs in resolution\(suffix)",
          axis: ClosedForm.resolutionKept.title,
          caption: "Σθ′²/Σθ²: how well neighbouring tokens are still told apart, 1 as trained.\(rest)"
        ) { $0.resolutionKept },
      ].compactMap { $0 }
    }
  }

  private func figure(
    _ rows: [Finished], _ id: String, _ title: String, axis: String, caption: String,
    value: (CaseSummary.Row) -> Double?
  ) -> Figure? {
    let targets = Set(rows.map(\.summary.targetLength)).sorted()
    let panels = targets.compactMap { target -> Panel? in
      let rows = rows.filter { $0.summary.targetLength == target }
      let marks = Self.shown.enumerated().compactMap { lane, method -> Mark? in
        // A lane for each method, so that equal values do not hide each other.
        let shift = (Double(lane) / Double(Self.shown.count - 1) - 0.5) * 0.6
        let points = rows.enumerated().compactMap { place, row -> (Double, Double)? in
          row.summary.rows.first { $0.method == method }.flatMap(value).map { ($0, Double(place) + shift) }
        }
        guard !points.isEmpty else { return nil }
        let name = rows.lazy.flatMap(\.summary.rows).first { $0.method == method }?.name ?? method
        return .dots(
          Mark.Series(label: name, style: MethodStyles.style(ids: [method]), x: points.map(\.0), y: points.map(\.1)))
      }
      guard !marks.isEmpty else { return nil }
      return Panel(
        title: "\(TokenCount.label(target)) tokens", x: Axis(axis, format: .number, domain: 0...1.05),
        y: Axis("", scale: .categories(Self.names(rows.map(\.entry)))), marks: marks)
    }
    guard !panels.isEmpty else { return nil }
    let most = targets.map { target in rows.count { $0.summary.targetLength == target } }.max() ?? 1
    return Figure(
      id: id, title: title, caption: caption,
      alternativeText: "Dots of \(axis.lowercased()) for each model and method, a panel a target.", panels: panels,
      columns: min(2, panels.count), aspect: most > 6 ? 0.3 + 0.045 * Double(most) : 0.3 + 0.08 * Double(most))
  }

  /// Models as the cases call them, without the target; long names are cut in the middle and stay different.
  private static func names(_ cases: [StoredCase]) -> [String] {
    var taken: Set<String> = []
    return cases.map { entry in
      let ending = "-" + TokenCount.label(entry.target)
      let full = entry.id.hasSuffix(ending) ? String(entry.id.dropLast(ending.count)) : entry.id
      var name = full.count > 22 ? full.prefix(12) + "…" + full.suffix(9) : full
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(full.prefix(18))… \(number)"
        number += 1
      }
      return name
    }
  }
}
