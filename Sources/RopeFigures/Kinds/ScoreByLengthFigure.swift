import RopeAnalysis
import RopeChart
import RopeMath

/// Measured scores of a benchmark against the context length.
public enum ScoreByLengthFigure: FigureKind {
  public static let card = FigureCard(
    id: "score-by-length", title: "Measured score by length",
    summary: "A benchmark's score, such as RULER's, against the context length under each method.",
    analyses: [Measurements.SeriesName.scores])

  public static func figure(_ data: FigureData) -> Figure? {
    let series = data.measurements.series.filter { $0.name == Measurements.SeriesName.scores }
    let curves = data.measured.compactMap { method in series.first { $0.method == method.label }.map { (method, $0) } }
    guard !curves.isEmpty else { return nil }
    let benchmark = curves.first?.1.series ?? "score"
    let marks = curves.flatMap { method, curve -> [Mark] in
      var style = data.style(of: method)
      let line = Mark.line(Mark.Series(label: method.name, style: style, x: curve.x, y: curve.y))
      guard curve.lower.contains(where: \.isFinite) else { return [line] }
      if style.marker == .none { style.marker = .filledCircle }
      return [
        line,
        .points(
          Mark.Series(
            label: "", style: style, x: curve.x, y: curve.y,
            lower: zip(curve.lower, curve.y).map { $0.isNaN ? $1 : $0 }, upper: zip(curve.upper, curve.y).map { $0.isNaN ? $1 : $0 })),
      ]
    }
    let lengths = data.measurements.scores.map(\.length)
    let rules = (lengths.min() ?? 0) < data.trainedLength && data.trainedLength < (lengths.max() ?? 0)
      ? Array(data.lengthRules(.vertical).prefix(1)) : []
    let longest = lengths.max() ?? 0
    let last = curves.compactMap { method, curve in
      curve.x.last == Double(longest) ? curve.y.last.map { (name: method.name, score: $0) } : nil
    }.sorted { $0.score > $1.score }
    let ends = last.first.flatMap { best in
      last.last.map { worst in
        last.count > 1 ? "\(best.name) \(Wording.number(best.score)), \(worst.name) \(Wording.number(worst.score))"
          : "\(best.name) \(Wording.number(best.score))"
      }
    }
    let name = benchmark == "score" ? "Score" : benchmark
    let title = "\(name) at \(TokenCount.label(longest)): \(ends ?? "nothing measured")"
    let bars = marks.contains { if case .points = $0 { true } else { false } } ? " Bars: one standard error." : ""
    return Figure(
      id: card.id, title: title,
      caption: "\(name), higher is better, against context length, as measured.\(bars) \(LossByPositionFigure.measuredSetting(data))",
      alternativeText: "Line chart: measured \(name.lowercased()) against length for \(Wording.list(curves.map(\.0.name))). \(title).",
      panels: [
        Panel(
          x: Axis("Context length (tokens)", scale: .log2, format: .tokens, requiredTicks: rules.isEmpty ? [] : [Double(data.trainedLength)]),
          y: Axis(name), marks: rules + marks)
      ])
  }
}
