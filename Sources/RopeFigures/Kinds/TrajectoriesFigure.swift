import RopeAnalysis
import RopeChart

/// The paths of single pairs as the context grows, a panel a method that moves.
public enum TrajectoriesFigure: FigureKind {
  public static let card = FigureCard(
    id: "trajectories", title: "Frequency trajectories",
    summary: "How the frequency of each pair moves as the context grows: drift, one switch, or learned steps.",
    analyses: [Trajectories.card.id],
    topic: .generating)

  private static let largestPanelCount = 3

  public static func chart(_ data: FigureData) -> Figure? {
    let moving = data.all.compactMap { method in
      let curves = data.series.filter { $0.name == card.analyses[0] && $0.method == method.label }
      return curves.isEmpty ? nil : (method, curves)
    }
    guard !moving.isEmpty else { return nil }
    let deepest = moving.max { lowest($0.1) > lowest($1.1) }
    let language = data.language
    let title =
      deepest.map {
        language(
          "\($0.0.name) slows its slowest pair to \(Wording.number(lowest($0.1))) of its trained frequency by the target"
        )
      } ?? ""
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Ratio θ′/θ of a few pairs, from the fastest (0) to the slowest, under the plan that each method makes for each length."
        ), data.notDrawn(moving.dropFirst(largestPanelCount).map(\.0.name)), data.setting,
      ]),
      alternativeText: language(
        "Ratio of single pairs against length for \(list: moving.map(\.0.name)). \(title)."),
      panels: moving.prefix(largestPanelCount).map { panel($0.0.name, $0.1, data) }, columns: 3)
  }

  private static func lowest(_ curves: [AnalysisSeries]) -> Double {
    curves.compactMap { $0.summary[.ratioAtTarget] }.filter(\.isFinite).min() ?? .infinity
  }

  private static func panel(_ name: String, _ curves: [AnalysisSeries], _ data: FigureData) -> Panel {
    // Neighbours that move alike are one line.
    var lines: [(pairs: ClosedRange<Int>, series: Mark.Series)] = []
    for (index, curve) in curves.enumerated() {
      let pair = Int(curve.summary[.pair] ?? 0)
      if let last = lines.last, last.series.x == curve.x, pair >= last.pairs.upperBound,
        zip(last.series.y, curve.y).allSatisfy({ abs($0 - $1) <= 1e-9 })
      {
        lines[lines.count - 1].pairs = last.pairs.lowerBound...pair
      } else {
        var style = MethodStyles.ordered(index)
        style.marker = .none
        lines.append((pair...pair, Mark.Series(label: "", style: style, x: curve.x, y: curve.y)))
      }
    }
    let marks = lines.map { line -> Mark in
      var series = line.series
      let (first, last) = (line.pairs.lowerBound, line.pairs.upperBound)
      series.label = first == last ? data.language("pair \(first)") : data.language("pairs \(first)–\(last)")
      return .line(series)
    }
    return Panel(
      title: name, x: data.lengthAxis(data.language("Length in context (tokens)")),
      y: Axis(data.language("Ratio θ′/θ"), format: .number),
      marks: data.lengthRules(.vertical) + marks)
  }
}
