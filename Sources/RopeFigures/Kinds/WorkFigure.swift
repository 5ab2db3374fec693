import RopeAnalysis
import RopeChart

/// Scores computed for each new token against the length in context.
public enum WorkFigure: FigureKind {
  public static let card = FigureCard(
    id: "work", title: "Work per token",
    summary: "Scores that one head computes for each new token: all keys, a window, or retrieved blocks.",
    analyses: [WorkPerToken.card.id],
    topic: .positions)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.everyCurve(card.analyses[0], "scores")
    guard let first = curves.first else { return nil }
    let full = curves.filter { $0.curve.y == $0.curve.x }, saving = curves.filter { $0.curve.y != $0.curve.x }
    guard !saving.isEmpty else { return nil }
    let least = saving.min { share($0.curve) < share($1.curve) } ?? first
    let language = data.language
    let part = data.percent(share(least.curve))
    let title =
      full.count == 1
      ? language("\(least.method.name) scores \(part) of the keys at the target; 1 method scores all of them")
      : language(
        "\(least.method.name) scores \(part) of the keys at the target; \(full.count) methods score all of them")
    let everything = Mark.line(
      Mark.Series(
        label: full.count == 1 ? language("every key (1 method)") : language("every key (\(full.count) methods)"),
        style: MethodStyles.style(ids: ["none"]), x: first.curve.x, y: first.curve.x))
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language("Scores that one head needs for the newest token of a context."), data.setting,
        language("Masked scores that an implementation computes and throws away are not counted."),
      ]),
      alternativeText: language(
        "Scores per token against length for \(list: saving.map(\.method.name)) and full attention. \(title)."),
      panels: [
        Panel(
          x: data.lengthAxis(language("Length in context (tokens)")),
          y: Axis(language("Scores per token and head"), scale: .log2, format: .tokens),
          marks: data.lengthRules(.vertical) + (full.isEmpty ? [] : [everything])
            + saving.map {
              .line(Mark.Series(label: $0.method.name, style: data.style(of: $0.method), x: $0.curve.x, y: $0.curve.y))
            })
      ])
  }

  private static func share(_ curve: AnalysisSeries) -> Double { curve.summary[.shareOfFullAttention] ?? 1 }
}
