import RopeAnalysis
import RopeChart
import RopeText

/// Closed forms against what was measured: does any of them predict it?
public enum PredictionFigure: FigureKind {
  public static let card = FigureCard(
    id: "prediction", title: "Closed forms against measurements",
    summary: "Each closed-form column against measured loss, retrieval or score, a point a method and length.",
    analyses: [Measurements.SeriesName.prediction],
    topic: .measured)

  /// Columns that are drawn at most.
  private static let mostPanels = 2

  public static func chart(_ data: FigureData) -> Figure? {
    let series = data.series.filter { $0.name == card.analyses[0] }
    // One measurement: losses before retrieval before scores.
    let kinds = series.map(\.unit).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard let against = ["loss", "retrieval"].first(where: kinds.contains) ?? kinds.first else { return nil }
    let columns = Self.columns(series.filter { $0.unit == against })
    let shown = (columns.filter(\.isToldFromNothing) + columns.filter { !$0.isToldFromNothing }).prefix(mostPanels)
    // Two methods go together with anything.
    guard let strongest = columns.first, strongest.clusters > 2 else { return nil }
    let measured = Self.measured(against, data.language)
    let panels = shown.map { column in
      Panel(
        title: text(column), x: Axis(name(of: column.name, data.language)), y: Axis(measured),
        marks: column.series.map { curve -> Mark in
          let method = data.measured.first { $0.label == curve.method }
          var style = method.map { data.style(of: $0) } ?? MethodStyles.measured
          style.marker = style.marker.onPoint
          return .points(Mark.Series(label: method?.name ?? curve.method, style: style, x: curve.x, y: curve.y))
        })
    }
    let title =
      columns.first(where: \.isToldFromNothing).map { told in
        data.language(
          "\(name(of: told.name, data.language)) goes with the measured \(word(against, data.language)): \(text(told))")
      }
      ?? data.language(
        "No closed form is shown to go with the measured \(word(against, data.language)); the largest correlation is \(text(strongest))"
      )
    let left = columns.count - shown.count
    let choice: String? =
      left > 0
      ? data.language(
        "\(shown.count) of \(columns.count) columns are drawn: those whose interval leaves out 0 first, then those that correlate most."
      ) : nil
    return Figure(
      id: card.id, title: title,
      caption: data.language.sentences(
        [
          data.language(
            "Each point is a method at a length: across a closed form, up what was measured (loss counts from the best method of the same length). ρ: Spearman's rank correlation over \(strongest.cases) cases, with the 95 % interval of a bootstrap over \(strongest.clusters) methods, each for itself; ranks are among the methods of one length; infinite values are ranked and not drawn."
          ), choice, LossByPositionFigure.measuredSetting(data),
        ].compactMap { $0 }),
      alternativeText: data.language(
        "Scatter charts of \(list: shown.map { name(of: $0.name, data.language) }) against the measured \(word(against, data.language)). \(title)."
      ),
      panels: panels, columns: 2, aspect: 0.8)
  }

  public static func absence(_ data: FigureData) -> String {
    "it sets at least three measured methods of the catalogue beside their closed forms; add --measured FILE"
  }

  /// A closed form with its correlation.
  private struct Column {
    let name: String
    let series: [AnalysisSeries]
    let correlation: Double
    let interval: ClosedRange<Double>?
    let cases: Int
    let clusters: Int

    var isToldFromNothing: Bool { interval.map { !$0.contains(0) } ?? false }
  }

  /// The columns that can be drawn, from the strongest correlation down.
  private static func columns(_ series: [AnalysisSeries]) -> [Column] {
    var names: [String] = []
    for entry in series where !names.contains(entry.title) { names.append(entry.title) }
    return names.enumerated().compactMap { place, name -> (place: Int, column: Column)? in
      let own = series.filter { $0.title == name }
      guard let summary = own.first?.summary, let correlation = summary[.correlation],
        own.contains(where: { zip($0.x, $0.y).contains { $0.isFinite && $1.isFinite } })
      else { return nil }
      var interval: ClosedRange<Double>?
      if let low = summary[.lower], let high = summary[.upper], low <= high { interval = low...high }
      return (
        place,
        Column(
          name: name, series: own, correlation: correlation, interval: interval, cases: Int(summary[.cases] ?? 0),
          clusters: Int(summary[.clusters] ?? 0))
      )
    }.sorted { (-abs($0.column.correlation), $0.place) < (-abs($1.column.correlation), $1.place) }.map(\.column)
  }

  private static func text(_ column: Column) -> String {
    func number(_ value: Double) -> String { Wording.fixed(value, decimals: 2) }
    let interval = column.interval.map { " (\(number($0.lowerBound)) … \(number($0.upperBound)))" } ?? ""
    return "ρ = \(number(column.correlation))\(interval)"
  }

  /// What was measured, as the axis says it.
  private static func measured(_ against: String, _ language: Language) -> String {
    switch against {
    case "loss": language("Δ loss (nats)")
    case "retrieval": language("Share found")
    case "score": language("Score")
    default: against
    }
  }

  /// The same in a sentence.
  private static func word(_ against: String, _ language: Language) -> String {
    switch against {
    case "loss": language("loss")
    case "retrieval": language("retrieval")
    case "score": language("score")
    default: against
    }
  }

  private static func name(of column: String, _ language: Language) -> String {
    language(foreign: ClosedForm.title(of: column))
  }
}
