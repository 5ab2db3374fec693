import RopeAnalysis
import RopeChart

/// Position interpolation's argument in three panels: a fitted score inside, beyond and between the trained positions.
public enum ExtrapolationFigure: FigureKind {
  public static let card = FigureCard(
    id: "extrapolation", title: "Extrapolation against interpolation",
    summary:
      "Why interpolated positions are tame: a score fitted to the trained range explodes beyond it and is smooth within.",
    analyses: [InterpolationBound.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    guard let fit = data.baseline(name, "fit"), let points = data.baseline(name, "fit_points"),
      let beyond = data.baseline(name, "extrapolation"), let between = data.baseline(name, "interpolation"),
      let whole = data.baseline(name, "interpolation_whole"), !beyond.x.isEmpty
    else { return nil }
    let line = MethodStyles.style(ids: ["none"])
    var dots = MethodStyles.style(ids: ["ntk"])
    dots.key = "fitted-points"
    dots.marker = .circle
    var marked = MethodStyles.style(ids: ["linear"])
    marked.key = "whole-positions"
    marked.marker = .filledCircle
    func series(_ curve: AnalysisSeries, _ style: SeriesStyle) -> Mark.Series {
      Mark.Series(label: "", style: style, x: curve.x, y: curve.y)
    }
    let inside = fit.summary[.largestScoreInside] ?? .nan, outside = fit.summary[.largestScoreBeyond] ?? .nan
    let deviation = fit.summary[.largestDeviationBetweenPositions] ?? .nan
    let ratio = fit.summary[.boundRatioSmallest] ?? .nan
    let language = data.language
    let title = language(
      "A score that stays below \(Wording.number(inside, digits: 2)) on the trained range reaches \(Wording.number(outside, digits: 2)) beyond it and is smooth between its positions"
    )
    // Every fourth target: more would cover the line.
    let shown = points.x.indices.filter { $0.isMultiple(of: 4) }
    let targets = Mark.Series(label: "", style: dots, x: shown.map { points.x[$0] }, y: shown.map { points.y[$0] })
    let panels = [
      Panel(
        title: language("Fitted inside the trained range"), x: Axis(language("Distance (tokens)"), format: .tokens),
        y: Axis(language("Fitted score a(Δ)")),
        marks: [.line(series(fit, line)), .points(targets)]),
      Panel(
        title: language("Extrapolated to the target"),
        x: Axis(
          language("Distance (tokens)"), format: .tokens,
          requiredTicks: [Double(data.trainedLength), Double(data.targetLength)]),
        y: Axis(language("Extrapolated score a(Δ)")),
        marks: [
          .region(Mark.Region(.vertical, from: 0, to: Double(data.trainedLength), label: language("trained"))),
          .line(series(beyond, line)),
        ]),
      Panel(
        title: language("Interpolated between whole positions"), x: Axis(language("Distance (tokens)")),
        y: Axis(language("Interpolated score a(Δ)")),
        marks: [.line(series(between, line)), .points(series(whole, marked))]),
    ]
    let count = Wording.tokens(fit.summary[.fittedPoints] ?? .nan), seed = Wording.tokens(fit.summary[.seed] ?? 0)
    let ridge = Wording.number(fit.summary[.ridge] ?? .nan, digits: 1)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "After figure 2 of Position Interpolation (arXiv 2306.15595): a(Δ) = Re Σ h e^(jΔθ) over this model's frequencies, h fitted to \(count) uniform random targets in [−1, 1] (every fourth shown, seed \(seed)) by least squares with a relative ridge of \(ridge); the size beyond depends on the ridge. Between whole positions (dots) the score stays within \(Wording.number(deviation, digits: 2)) of a straight line at mid-point. For every h the bound beyond the trained range is at least \(Wording.number(ratio, digits: 2)) times the bound between positions."
        ), data.setting,
      ]),
      alternativeText: language(
        "Three line charts of a fitted attention score: inside the trained range, extrapolated to the target, and between whole positions. \(title)."
      ),
      panels: panels, columns: 3, aspect: 0.75)
  }
}
