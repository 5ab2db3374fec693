import RopeAnalysis
import RopeChart

/// Turns of each pair within the trained and the target length.
public enum TurnsFigure: FigureKind {
  public static let card = FigureCard(
    id: "turns", title: "Turns by pair",
    summary:
      "How often each pair turns within the context: pairs below one turn see new angles, pairs with few turns were trained thinly.",
    analyses: [Turns.card.id])

  public static func figure(_ data: FigureData) -> Figure? {
    guard let trained = data.baseline(card.analyses[0], "within_trained") else { return nil }
    let few = Int(trained.summary["pairs_1_to_10"] ?? 0)
    let title = "\(few) \(few == 1 ? "pair was" : "pairs were") trained on one to ten turns only"
    let panel = Panel(
      x: data.pairAxis, y: Axis("Turns within the context", scale: .log10),
      marks: [
        .region(Mark.Region(.horizontal, from: 1, to: 10, label: "1 to 10 turns")),
        .rule(Mark.Rule(.horizontal, at: 1, label: "one turn")),
      ] + data.trainedLine(trained, label: "trained") + data.lines(card.analyses[0], "within_target"))
    return Figure(
      id: card.id, title: title,
      caption:
        "Turns L·θ′/2π of each pair: as trained at \(data.trainedText), and under each method at \(data.targetText). \(data.setting)",
      alternativeText:
        "Turns within the context against pair index for \(Wording.list(data.methods.map(\.name))). \(title).",
      panels: [panel])
  }
}
