import RopeAnalysis
import RopeChart

/// Interpolation ratio by pair: what each method does to the frequencies.
public enum InterpolationRatioFigure: FigureKind {
  public static let card = FigureCard(
    id: "interpolation-ratio", title: "Interpolation ratio by pair",
    summary: "By how much each method slows each pair down: 1 is extrapolated, 1/s fully interpolated.",
    analyses: [InterpolationRatios.card.id],
    topic: .frequencies)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.curves(card.analyses[0], "ratio")
    guard !curves.isEmpty else { return nil }
    let lines = curves.map { method, curve in
      Mark.line(
        Mark.Series(
          label: method.name, style: data.style(of: method), x: curve.x, y: curve.y.map { $0 > 0 ? $0 : .nan }))
    }
    let ramped = curves.first { $0.method.ids.contains("yarn") } ?? curves.first { $0.method.ids.contains("llama3") }
    let language = data.language
    var title = language("Methods differ in which pairs they slow down")
    var marks: [Mark] = []
    if let ramped, let from = ramped.curve.summary[.firstInterpolatedPair], from.isFinite,
      let to = ramped.curve.summary[.firstFullyInterpolatedPair], to.isFinite, to > from
    {
      title = language(
        "\(ramped.method.name) keeps the first \(Int(from)) pairs and interpolates fully from pair \(Int(to))")
      marks.append(
        .region(Mark.Region(.vertical, from: from - 1, to: to, label: language("\(ramped.method.name) ramp"))))
    }
    let panel = Panel(
      x: data.pairAxis, y: Axis(language("Interpolation ratio θ′/θ"), scale: .log2, format: .number),
      marks: marks + lines)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language("Ratio of scaled to unscaled frequency of each pair at the target."), data.setting,
        language("Pairs that a method does not rotate are left out."),
      ]),
      alternativeText: language(
        "Interpolation ratio against pair index for \(list: data.methods.map(\.name)). \(title)."),
      panels: [panel])
  }
}
