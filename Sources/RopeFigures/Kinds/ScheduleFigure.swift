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
    let moving = curves.filter { $0.curve.summary["moves"] == 1 }.map(\.method.name)
    let title =
      moving.isEmpty
      ? "Every method here is fixed while the context grows"
      : "\(Wording.list(moving)) \(moving.count == 1 ? "moves" : "move") while the context grows"
    let panel = Panel(
      x: data.lengthAxis("Length in context (tokens)"),
      y: Axis("Ratio θ′/θ of the slowest pair", scale: .log2, format: .number),
      marks: data.lengthRules(.vertical) + data.lines(card.analyses[0], "slowest_ratio"))
    return Figure(
      id: card.id, title: title,
      caption:
        "Interpolation ratio of the slowest rotating pair under the plan that each method makes for each length. \(data.setting)",
      alternativeText:
        "Ratio of the slowest pair against length for \(Wording.list(data.methods.map(\.name))). \(title).",
      panels: [panel])
  }
}
