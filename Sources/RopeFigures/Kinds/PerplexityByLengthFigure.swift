import RealModule
import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

/// Measured perplexity against the length of the window: the figure that context extension is judged by.
public enum PerplexityByLengthFigure: FigureKind {
  public static let card = FigureCard(
    id: "perplexity-by-length", title: "Measured perplexity by length",
    summary: "Perplexity of a real model in windows of growing length under each method, own baselines included.",
    analyses: [Measurements.SeriesName.losses],
    topic: .measured)

  /// What is this many times the lowest leaves the frame and says its value there: who breaks down hides the others.
  private static let shownRange = 3.0

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.measured.compactMap { method -> (method: FigureData.Method, points: [Point])? in
      let points = points(of: method, data)
      return points.isEmpty ? nil : (method, points)
    }
    guard !curves.isEmpty else { return nil }
    let every = curves.flatMap(\.points)
    let lengths = Set(every.map(\.length)).sorted()
    let lowest = every.map(\.value).min() ?? 1
    let shown = every.map(\.value).filter { $0 <= shownRange * lowest }, highest = shown.max() ?? lowest
    let hasErrors = every.contains { $0.error > 0 }
    let marks = curves.flatMap { curve -> [Mark] in
      let style = marked(data.style(of: curve.method))
      let x = curve.points.map { Double($0.length) }
      let line = Mark.line(
        Mark.Series(label: curve.method.name, style: style, x: x, y: curve.points.map(\.value)))
      guard curve.points.contains(where: { $0.error > 0 }) else { return [line] }
      let band = Mark.Series(
        label: "", style: style, x: x, y: [], lower: curve.points.map { .exp($0.nll - $0.error) },
        upper: curve.points.map { .exp($0.nll + $0.error) })
      return [.band(band), line]
    }
    let isBeyond =
      (lengths.first ?? 0) <= data.trainedLength && data.trainedLength < (lengths.last ?? 0)
    let margin = max(0.06 * (highest - lowest), 0.01 * lowest)
    let language = data.language
    let panel = Panel(
      x: Axis(
        language("Context length (tokens)"), scale: .log2, format: .tokens,
        requiredTicks: isBeyond ? [Double(data.trainedLength)] : []),
      y: Axis(
        language("Perplexity"), domain: shown.count < every.count ? (lowest - margin)...(highest + margin) : nil),
      marks: (isBeyond ? Array(data.lengthRules(.vertical).prefix(1)) : []) + marks)
    let title = title(curves, longest: lengths.last ?? 0, language)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Perplexity (exponential of the mean loss of the next token; lower is better) in windows of each length, as measured."
        ), hasErrors ? language("Bands: one standard error.") : "",
        LossByPositionFigure.measuredSetting(data, of: .losses),
      ]),
      alternativeText: language(
        "Line chart: measured perplexity against context length for \(list: curves.map(\.method.name)). \(title)."),
      panels: [panel])
  }

  public static func absence(_ data: FigureData) -> String {
    data.missing("losses by length", columns: "method,length,perplexity[,stderr]", command: "evaluate perplexity")
  }

  private struct Point {
    let length: Int
    let nll: Double
    let error: Double
    var value: Double { .exp(nll) }
  }

  private static func points(of method: FigureData.Method, _ data: FigureData) -> [Point] {
    data.measurements.losses.filter { $0.method == method.label }.compactMap { losses in
      losses.length.map { Point(length: $0, nll: losses.nll, error: losses.standardError ?? 0) }
    }.filter { $0.value.isFinite }.sorted { $0.length < $1.length }
  }

  /// Few points: each is marked.
  private static func marked(_ style: SeriesStyle) -> SeriesStyle {
    var style = style
    style.marker = style.marker.onPoint
    return style
  }

  /// The best and the worst at the longest length.
  private static func title(
    _ curves: [(method: FigureData.Method, points: [Point])], longest: Int, _ language: Language
  ) -> String {
    let last = curves.compactMap { curve in
      curve.points.last.flatMap { $0.length == longest ? (name: curve.method.name, point: $0) : nil }
    }.sorted { $0.point.nll < $1.point.nll }
    guard let best = last.first, let worst = last.last else { return language(fixed: card.title) }
    let place = TokenCount.label(longest), low = Wording.number(best.point.value)
    guard last.count > 1 else { return language("At \(place), \(best.name) has a perplexity of \(low)") }
    let high = Wording.number(worst.point.value)
    guard last.count > 2 else { return language("At \(place): \(best.name) \(low), \(worst.name) \(high)") }
    return language("At \(place), \(best.name) has the lowest perplexity (\(low)), \(worst.name) the highest (\(high))")
  }
}
