import RopeAnalysis
import RopeChart

/// What scaling costs near the query.
public enum ResolutionFigure: FigureKind {
  public static let card = FigureCard(
    id: "resolution", title: "Local resolution",
    summary: "How well near tokens are still told apart, against the trained model.",
    analyses: [LocalResolution.card.id],
    topic: .frequencies)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.curves(card.analyses[0], "closed_form")
    guard !curves.isEmpty else { return nil }
    var marks = data.lines(card.analyses[0], "closed_form")
    for (method, curve) in data.curves(card.analyses[0], "simulated") {
      var style = data.style(of: method)
      if style.marker == .none { style.marker = .circle }
      marks.append(
        .points(Mark.Series(label: "", style: style, x: curve.x, y: curve.y, lower: curve.lower, upper: curve.upper)))
    }
    let kept = curves.compactMap { entry in entry.curve.summary[.resolutionKept].map { (entry.method.name, $0) } }
    let worst = kept.min { $0.1 < $1.1 }
    let language = data.language
    let title =
      worst.map {
        $0.1 < 0.9
          ? language("\($0.0) keeps \(data.percent($0.1)) of the resolution between neighbours")
          : $0.1 > 0.9995
            ? language("Every method keeps the resolution between neighbours")
            : language(
              "Every method keeps at least \(data.percent($0.1, digits: 3)) of the resolution between neighbours")
      } ?? language(fixed: card.title)
    let samples = data.curves(card.analyses[0], "simulated").first?.curve.summary[.sampleCount] ?? 0
    let panel = Panel(
      x: Axis(language("Distance Δ (tokens)"), scale: .log2, format: .tokens),
      y: Axis(language("Distinguishability (share of trained)"), scale: .log10), marks: marks)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "(1 − B′(Δ))/(1 − B(Δ)) with B the mean cosine over pairs: line, closed form for equal energies; points, \(Int(samples)) sampled queries with one standard error."
        ), data.setting,
      ]),
      alternativeText: language(
        "Distinguishability against distance for \(list: data.methods.map(\.name)). \(title)."),
      panels: [panel])
  }
}
