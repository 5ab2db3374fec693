import RopeAnalysis
import RopeChart

/// How methods move as the context grows.
public enum ScheduleFigure: FigureKind {
  public static let card = FigureCard(
    id: "schedule", title: "Schedules against length",
    summary:
      "The ratio of the slowest pair against the length in context: flat for fixed methods, moving for dynamic ones.",
    analyses: [Schedule.card.id],
    topic: .generating)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.curves(card.analyses[0], "slowest_ratio")
    guard !curves.isEmpty else { return nil }
    let moving = curves.filter { $0.curve.summary[.moves] == 1 }.map(\.method.name)
    let language = data.language
    let title =
      switch moving.count {
      case 0: language("Every method here is fixed while the context grows")
      case 1: language("\(moving[0]) moves while the context grows")
      default: language("\(list: moving) move while the context grows")
      }
    let panel = Panel(
      x: data.lengthAxis(language("Length in context (tokens)")),
      y: Axis(language("Ratio θ′/θ of the slowest pair"), scale: .log2, format: .number),
      marks: data.lengthRules(.vertical) + data.lines(card.analyses[0], "slowest_ratio"))
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Interpolation ratio of the slowest rotating pair under the plan that each method makes for each length."),
        data.setting,
      ]),
      alternativeText: language(
        "Ratio of the slowest pair against length for \(list: data.methods.map(\.name)). \(title)."),
      panels: [panel])
  }
}
