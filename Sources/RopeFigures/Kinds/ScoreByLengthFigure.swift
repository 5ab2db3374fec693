import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

/// Measured scores of a benchmark against the context length.
public enum ScoreByLengthFigure: FigureKind {
  public static let card = FigureCard(
    id: "score-by-length", title: "Measured score by length",
    summary: "A benchmark's score, such as RULER's, against the context length under each method.",
    analyses: [Measurements.SeriesName.scores],
    topic: .measured)

  public static func chart(_ data: FigureData) -> Figure? {
    let series = data.measurements.series.filter { $0.name == Measurements.SeriesName.scores }
    let benchmarks = data.measurements.benchmarks.map { benchmark in
      Benchmark(
        name: benchmark ?? data.language("Score"),
        curves: data.measured.compactMap { method in
          series.first { $0.method == method.label && $0.series == (benchmark ?? "score") }.map { (method, $0) }
        },
        lengths: data.measurements.scores.filter { $0.benchmark == benchmark }.map(\.length))
    }.filter { !$0.curves.isEmpty }
    guard let first = benchmarks.first else { return nil }
    let lengths = benchmarks.flatMap(\.lengths).map(Double.init)
    // A single length would stand on the axis.
    var domain: ClosedRange<Double>?
    if benchmarks.contains(where: { Set($0.lengths).count == 1 }), let least = lengths.min(), let most = lengths.max() {
      domain = least / 1.25...most * 1.25
    }
    let panels = benchmarks.map { benchmark -> Panel in
      let drawn = benchmark.curves.flatMap { marks($0, $1, data) }
      return panel(benchmark, drawn, data, isTitled: benchmarks.count > 1, domain: domain)
    }
    let language = data.language
    let title = language.clauses(benchmarks.map { heading($0, language) })
    let hasBars = panels.contains { $0.marks.contains { if case .points = $0 { true } else { false } } }
    let names = benchmarks.map(\.name)
    // A score without a benchmark's name is a word of the sentence.
    let heard =
      names == [language("Score")] && language.isEnglish ? [first.name.lowercased()] : names
    let compared = benchmarks.flatMap { $0.curves.map(\.0.name) }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language("\(list: names), higher is better, against context length, as measured."),
        hasBars ? language("Bars: one standard error.") : "", LossByPositionFigure.measuredSetting(data, of: .scores),
      ]),
      alternativeText: language(
        "Line chart: measured \(list: heard) against length for \(list: compared). \(title)."
      ),
      panels: panels, columns: min(3, panels.count))
  }

  public static func absence(_ data: FigureData) -> String {
    data.missing("scores", columns: "method,length,score[,stderr][,benchmark]", command: "evaluate TASK")
  }

  private struct Benchmark {
    let name: String
    let curves: [(FigureData.Method, AnalysisSeries)]
    let lengths: [Int]
  }

  private static func marks(
    _ method: FigureData.Method, _ curve: AnalysisSeries, _ data: FigureData
  ) -> [Mark] {
    var style = data.style(of: method)
    let line = Mark.line(Mark.Series(label: method.name, style: style, x: curve.x, y: curve.y))
    guard curve.lower.contains(where: \.isFinite) else { return [line] }
    style.marker = style.marker.onPoint
    return [
      line,
      .points(
        Mark.Series(
          label: "", style: style, x: curve.x, y: curve.y,
          // No score lies below 0; an error bar that does would open the axis there.
          lower: zip(curve.lower, curve.y).map { $0.isNaN ? $1 : $1 >= 0 ? max($0, 0) : $0 },
          upper: zip(curve.upper, curve.y).map { $0.isNaN ? $1 : $0 })),
    ]
  }

  private static func panel(
    _ benchmark: Benchmark, _ marks: [Mark], _ data: FigureData, isTitled: Bool, domain: ClosedRange<Double>?
  ) -> Panel {
    let lengths = benchmark.lengths
    let rules =
      (lengths.min() ?? 0) < data.trainedLength && data.trainedLength < (lengths.max() ?? 0)
      ? Array(data.lengthRules(.vertical).prefix(1)) : []
    var panel = Panel(
      x: Axis(
        data.language("Context length (tokens)"), scale: .log2, format: .tokens, domain: domain,
        requiredTicks: rules.isEmpty ? [] : [Double(data.trainedLength)]),
      y: Axis(benchmark.name), marks: rules + marks)
    if isTitled { panel.title = benchmark.name }
    return panel
  }

  /// The best and the worst at the longest length, with all that show the same number.
  private static func heading(_ benchmark: Benchmark, _ language: Language) -> String {
    let longest = benchmark.lengths.max() ?? 0
    let last = benchmark.curves.compactMap { method, curve in
      curve.x.last == Double(longest) ? curve.y.last.map { (name: method.name, score: $0) } : nil
    }.sorted { $0.score > $1.score }
    let place = TokenCount.label(longest)
    guard let best = last.first, let worst = last.last else {
      return language("\(benchmark.name) at \(place): nothing measured")
    }
    let high = Wording.number(best.score), low = Wording.number(worst.score)
    guard last.count > 1 else { return language("\(benchmark.name) at \(place): \(best.name) (\(high))") }
    guard high != low else { return language("\(benchmark.name) at \(place): \(high) under all \(last.count) methods") }
    func names(_ score: String) -> Message {
      let names = last.filter { Wording.number($0.score) == score }.map(\.name)
      return names.count > 3 ? "\(names.count) methods" : "\(list: names.map { "\($0)" })"
    }
    return language("\(benchmark.name) at \(place): highest \(names(high)) (\(high)), lowest \(names(low)) (\(low))")
  }
}
