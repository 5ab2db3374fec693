import RopeAnalysis
import RopeChart

/// How much of each pair's circle training covered, and what is new at the target.
public enum CoverageFigure: FigureKind {
  public static let card = FigureCard(
    id: "coverage", title: "Coverage of the circle by pair",
    summary: "Which share of its circle each pair saw in training, and which arc is new at the target.",
    analyses: [Coverage.card.id],
    topic: .angles)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let trained = data.baseline(card.analyses[0], "trained") else { return nil }
    let curves = data.curves(card.analyses[0], "new_arc")
    let meeting = curves.filter { ($0.curve.summary[.pairsWithNewAngles] ?? 0) > 0 }
    let lines = meeting.map { method, curve in
      Mark.steps(Mark.Series(label: method.name, style: data.style(of: method), x: curve.x, y: curve.closedForm))
    }
    let safe = curves.filter { ($0.curve.summary[.pairsWithNewAngles] ?? 0) == 0 }.map(\.method.name)
    let language = data.language
    let title: String
    if meeting.isEmpty {
      title = language("No method here meets a new angle at \(data.targetText)")
    } else if safe.isEmpty {
      title = language("Every method here meets angles at \(data.targetText) that training never showed")
    } else if safe.count == 1 {
      title = language("\(safe[0]) meets no new angle at \(data.targetText)")
    } else if safe.count > 4 {
      title = language("\(safe.count) of \(curves.count) methods meet no new angle at \(data.targetText)")
    } else {
      title = language("\(list: safe) meet no new angle at \(data.targetText)")
    }
    let difference = curves.compactMap { $0.curve.summary[.worstDifference] }.max() ?? 0
    let left = Panel(
      title: language("Seen in training"), x: data.pairAxis,
      y: Axis(language("Share of the circle"), format: .percent, domain: 0...1),
      marks: [
        .steps(Mark.Series(label: language("as trained"), style: MethodStyles.trained, x: trained.x, y: trained.y))
      ])
    let right = Panel(
      title: language("New at the target"), x: data.pairAxis,
      y: Axis(language("New arc (share of the circle)"), format: .percent, domain: meeting.isEmpty ? 0...1 : nil),
      marks: lines)
    let covered = language("Arc of each pair's circle covered by the trained positions.")
    let added =
      safe.isEmpty
      ? language("Arc that positions up to the target add, for methods that add any.")
      : language("Arc that positions up to the target add, for methods that add any (none: \(list: safe)).")
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        meeting.isEmpty ? covered : data.lettered("a", covered), meeting.isEmpty ? "" : data.lettered("b", added),
        data.setting,
        language(
          "Closed form; simulation over positions in 720 bins differs by at most \(Wording.number(difference, digits: 2))."
        ),
      ]),
      alternativeText: language(
        "Covered and new share of the circle against pair index for \(list: data.methods.map(\.name)). \(title)."),
      panels: meeting.isEmpty ? [left] : [left, right], columns: 2, aspect: 0.75)
  }
}
