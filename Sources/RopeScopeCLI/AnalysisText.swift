import RopeAnalysis
import RopeFigures
import RopeMath
import RopeReport
import RopeText

/// `analyse` for the terminal: the verdict and the comparison, then the summaries of what was asked for.
enum AnalysisText {
  /// - Parameter columns: the comparison where columns are asked for by name.
  static func text(_ record: RunRecord, only: [String]?, columns: TextTable?, in layout: TextLayout) -> String {
    var blocks = [
      "\(Escaping.visible(record.model.name)): trained to \(Wording.whole(record.trainedLength)), target \(Wording.whole(record.targetLength)) tokens"
    ]
    if only == nil {
      blocks += Verdict.sentences(record).map {
        layout.prose($0.text).joined(separator: "\n")
      }
      blocks.append((columns ?? comparison(record)).text(in: layout))
    } else {
      blocks += summaries(record, layout)
    }
    return blocks.joined(separator: "\n\n")
  }

  private static func comparison(_ record: RunRecord) -> TextTable {
    TextTable(
      columns: [
        ("method", .left), ("phase-safe", .right), ("new angles", .right), ("resolution", .right),
        ("mean ratio", .right),
        ("logits ×", .right), ("entropy", .right), ("needed factor", .right), ("cache", .left), ("training", .left),
      ],
      rows: record.comparison.map { row in
        [
          row.label == record.advised ? AdviceText.name(record) ?? row.label : row.label,
          Wording.tokens(row.phaseSafeLength), Wording.number(row.pairsWithNewAngles),
          Wording.fixed(row.resolutionKept, decimals: 3), Wording.fixed(row.geometricMeanRatio, decimals: 3),
          Wording.fixed(row.logitFactor, decimals: 3), Wording.fixed(row.entropyAtTarget, decimals: 2),
          Wording.number(row.neededFactor), row.hazard, row.training.rawValue,
        ]
      }, optional: ["mean ratio", "needed factor", "training", "entropy"])
  }

  /// One table an analysis: a row a curve, its numbers as `key value`.
  private static func summaries(_ record: RunRecord, _ layout: TextLayout) -> [String] {
    let names = record.analyses.map(\.name).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    return names.map { name in
      let curves = record.analyses.filter { $0.name == name }
      let table = TextTable(
        columns: [("method", .left), ("curve", .left), ("numbers", .left)],
        rows: curves.map { curve in
          let numbers = curve.summary.sorted { $0.key.name < $1.key.name }.map {
            "\($0.key.name) \(Wording.number($0.value, digits: 5))"
          }
          return [curve.method, curve.series, numbers.joined(separator: ", ")]
        })
      return "\(curves.first?.title ?? name) (\(curves.first?.unit ?? ""))\n\(table.text(in: layout))"
    }
  }
}
