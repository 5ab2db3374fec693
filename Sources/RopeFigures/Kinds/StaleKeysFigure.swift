import RopeAnalysis
import RopeChart
import RopeMath

/// Phase error of keys that were cached before the frequencies changed.
public enum StaleKeysFigure: FigureKind {
  public static let card = FigureCard(
    id: "stale-keys", title: "Stale keys",
    summary: "The phase error of keys cached at the trained length and read at the target, for methods that move.",
    analyses: [StaleKeys.card.id],
    topic: .generating)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.curves(card.analyses[0], "worst_phase")
    let moved = curves.filter { ($0.curve.y.max() ?? 0) > 0 }
    guard let worst = moved.max(by: { ($0.curve.y.last ?? 0) < ($1.curve.y.last ?? 0) }) else { return nil }
    let pairs = Int(worst.curve.summary[.pairsBeyondPi] ?? 0)
    let language = data.language
    let title = language(
      "Under \(worst.method.name), \(pairs) of \(data.geometry.pairCount) pairs of a cached key are off by more than half a turn"
    )
    let panel = Panel(
      x: Axis(
        language("Position of the key (tokens)"), scale: .log2, format: .tokens,
        requiredTicks: [Double(data.trainedLength)]),
      y: Axis(language("Worst phase error (radians)"), scale: .log10),
      marks: [.rule(Mark.Rule(.horizontal, at: .pi, label: language("half a turn")))]
        + data.lines(card.analyses[0], "worst_phase") { method in
          moved.contains { $0.method == method }
        })
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Largest phase error over the pairs of a key that was rotated at \(data.trainedText) and is read at \(data.targetText)."
        ), data.setting,
        language("A runtime that stores keys un-rotated, or fills its cache anew, shows none of this."),
      ]),
      alternativeText: language(
        "Worst phase error against key position for \(list: moved.map(\.method.name)). \(title)."),
      panels: [panel])
  }
}
