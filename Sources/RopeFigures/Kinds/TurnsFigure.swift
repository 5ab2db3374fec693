import RopeAnalysis
import RopeChart

/// Turns of each pair within the trained and the target length.
public enum TurnsFigure: FigureKind {
  public static let card = FigureCard(
    id: "turns", title: "Turns by pair",
    summary:
      "How often each pair turns within the context: pairs below one turn see new angles, pairs with few turns were trained thinly.",
    analyses: [Turns.card.id],
    topic: .angles)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let trained = data.baseline(card.analyses[0], "within_trained") else { return nil }
    let few = Int(trained.summary[.pairs1To10] ?? 0)
    let language = data.language
    let title =
      few == 1
      ? language("1 pair was trained on one to ten turns only")
      : language("\(few) pairs were trained on one to ten turns only")
    let curves = data.lines(card.analyses[0], "within_target")
    let turns = Panel(
      title: language("Turns"), x: data.pairAxis, y: Axis(language("Turns within the context"), scale: .log10),
      marks: [
        .region(Mark.Region(.horizontal, from: 1, to: 10, label: language("1 to 10 turns"))),
        .rule(Mark.Rule(.horizontal, at: 1, label: language("one turn"))),
      ] + data.trainedLine(trained, label: language("trained")) + curves)
    let ratio = data.ratioPanel(
      curves, to: trained, title: language("Against trained"), label: language("Turns at target / trained"))
    let first = language(
      "Turns L·θ′/2π of each pair: as trained at \(data.trainedText), and under each method at \(data.targetText).")
    let second = language(
      "The same over the turns as trained: 1 turns no further than in training, the dashed rule is target over trained."
    )
    return Figure(
      id: card.id, title: title,
      caption: ratio == nil
        ? language.paragraph([first, data.setting])
        : language.paragraph([data.lettered("a", first), data.setting, data.lettered("b", second)]),
      alternativeText: language(
        "Turns within the context against pair index for \(list: data.methods.map(\.name)). \(title)."),
      panels: [turns] + (ratio.map { [$0] } ?? []), columns: 2, aspect: 0.75)
  }
}
