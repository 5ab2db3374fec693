import RopeAnalysis
import RopeChart

/// What reach costs on short texts, each method's factor as a path.
public enum ReachCostFigure: FigureKind {
  public static let card = FigureCard(
    id: "reach-cost", title: "Short texts against reach",
    summary:
      "What each method changes on texts of the trained length for the reach that it buys, its factor as a path.",
    analyses: [ReachCost.card.id],
    topic: .frequencies)

  public static func chart(_ data: FigureData) -> Figure? {
    let shared = data.sharedCurves(card.analyses[0], "path")
    guard !shared.isEmpty, data.targetLength > data.trainedLength else { return nil }
    let target = Double(data.targetLength)
    let largest = shared.flatMap(\.curve.x).filter(\.isFinite).max() ?? target
    let paths = shared.map { curve -> Mark in
      let kept = curve.curve.x.indices.filter { curve.curve.x[$0].isFinite }
      let style = PhaseSafeLengthFigure.dotStyle(data.style(of: curve.methods[0]))
      return .line(
        Mark.Series(
          label: curve.label, style: style, x: kept.map { curve.curve.x[$0] }, y: kept.map { curve.curve.y[$0] }))
    }
    let reaching = shared.compactMap { curve -> (name: String, kept: Double)? in
      zip(curve.curve.x, curve.curve.y).first { $0.0 >= target - 1 }.map { (curve.told, $0.1) }
    }
    let best = reaching.max { $0.kept < $1.kept }, worst = reaching.min { $0.kept < $1.kept }
    let language = data.language
    let title: String
    if let best, let worst, worst.kept < best.kept - 0.005 {
      title = language(
        "With a reach of \(data.targetText) the middle pairs keep \(data.percent(best.kept)) of their speed on short texts under \(best.name), under \(worst.name) \(data.percent(worst.kept))"
      )
    } else if let best {
      title = language(
        "With a reach of \(data.targetText) the middle pairs keep \(data.percent(best.kept)) of their speed on short texts under \(best.name)"
      )
    } else {
      title = language("No factor takes a method here to \(data.targetText)")
    }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "A point a factor: 1, 2, 4 … along each path. Across: the longest context without a new angle. Up: geometric mean of θ′/θ at the trained length over the pairs that turned 1 to 32 times in training; 1 leaves short texts as they were. Methods without a factor, and those that re-map distances, have no path."
        ), data.setting,
      ]),
      alternativeText: language(
        "Paths of phase-safe length against what is kept on short texts for \(list: shared.map(\.label)). \(title)."),
      panels: [
        Panel(
          x: data.lengthAxis(
            language("Phase-safe length (tokens)"),
            domain: Double(data.trainedLength) / 1.3...max(largest, target) * 1.3),
          y: Axis(language("θ′/θ of middle pairs, short texts"), domain: 0...1.05),
          marks: data.lengthRules(.vertical) + paths)
      ], aspect: 0.6)
  }
}
