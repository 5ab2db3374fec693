import RopeAnalysis
import RopeChart
import RopeMath

/// How far each method stays on trained angles.
public enum PhaseSafeLengthFigure: FigureKind {
  public static let card = FigureCard(
    id: "phase-safe-length", title: "Phase-safe length",
    summary: "The longest context in which no pair meets an angle that training did not show, a dot a method.",
    analyses: [PhaseSafeLength.card.id],
    topic: .comparison)

  public static func chart(_ data: FigureData) -> Figure? {
    let rows = data.methods.compactMap { method in
      data.value(card.analyses[0], .phaseSafeLength, of: method).map { (method: method, length: $0) }
    }
    guard !rows.isEmpty else { return nil }
    let target = Double(data.targetLength)
    let safe = rows.filter { $0.length >= target - 1 }.map(\.method.name)
    let language = data.language
    let title: String
    if data.targetLength <= data.trainedLength {
      title = language("The target lies inside the trained length")
    } else if safe.isEmpty {
      title = language("No method here stays on trained angles up to \(data.targetText)")
    } else if safe.count == rows.count {
      title = language("Every method here stays on trained angles up to \(data.targetText)")
    } else if safe.count == 1 {
      title = language("Of \(rows.count) methods, \(safe[0]) alone stays on trained angles up to \(data.targetText)")
    } else if safe.count > 4 {
      title = language("\(safe.count) of \(rows.count) methods stay on trained angles up to \(data.targetText)")
    } else {
      title = language("Of \(rows.count) methods, \(list: safe) stay on trained angles up to \(data.targetText)")
    }
    // Where nothing limits a method its dot stands at the frame's end.
    let finite = rows.map(\.length).filter(\.isFinite)
    let endless = rows.filter { !$0.length.isFinite }.map(\.method.name)
    let right = max(finite.max() ?? target, target) * 2
    let left = min(finite.min() ?? target, Double(data.trainedLength)) / 2
    let marks = rows.enumerated().map { index, row in
      Mark.dots(
        Mark.Series(
          label: "", style: dotStyle(data.style(of: row.method)), x: [min(row.length, right)], y: [Double(index)]))
    }
    let limits =
      endless.isEmpty ? [] : [Mark.rule(Mark.Rule(.vertical, at: right, label: language("no limit")))]
    let panel = Panel(
      x: data.lengthAxis(language("Phase-safe length (tokens)"), domain: left...right),
      y: Axis("", scale: .categories(rows.map(\.method.name))),
      marks: data.lengthRules(.vertical) + limits + marks)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Longest context in which every pair stays on angles that training showed, under each method's plan for \(Wording.whole(data.targetLength)) tokens."
        ), endless.isEmpty ? "" : language("At the right edge: \(list: endless), which nothing limits."), data.setting,
        language(
          "A conservative indicator: phase-safe methods can fail, and a model may bear some new angles."),
      ]),
      alternativeText: language(
        "Phase-safe length of \(list: rows.map { language("\($0.method.name): \(Wording.tokens($0.length)) tokens") }). \(title)."
      ),
      panels: [panel], aspect: 0.1 + 0.035 * Double(rows.count))
  }

  /// Dots need a marker; a method drawn by its line alone gets a filled one.
  static func dotStyle(_ style: SeriesStyle) -> SeriesStyle {
    var style = style
    style.marker = style.marker.onPoint
    return style
  }
}
