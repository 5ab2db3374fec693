import RopeAnalysis
import RopeChart

/// Attention weight that stale keys move, against the position of the query.
public enum CacheHazardFigure: FigureKind {
  public static let card = FigureCard(
    id: "cache-hazard", title: "Attention moved by stale keys",
    summary: "How much attention lands on other keys when a cache keeps keys that were rotated for a shorter context.",
    analyses: [CacheHazard.card.id])

  public static func figure(_ data: FigureData) -> Figure? {
    let curves = data.everyCurve(card.analyses[0], "moved_weight")
    guard let worst = curves.max(by: { atTarget($0.curve) < atTarget($1.curve) }) else { return nil }
    let title = "At the target, stale keys move \(Wording.number(100 * atTarget(worst.curve), digits: 2)) % of the attention under \(worst.method.name)"
    return Figure(
      id: card.id, title: title,
      caption: "Half the summed difference between attention weights from stale keys and from keys rotated anew, the mean over \(Wording.tokens(worst.curve.summary["sample_count"] ?? .nan)) sampled queries (seed \(Wording.tokens(worst.curve.summary["seed"] ?? 0))) with one standard error. The prompt has the trained length. \(data.setting)",
      alternativeText: "Moved attention weight against position of the query for \(Wording.list(curves.map(\.method.name))). \(title).",
      panels: [
        Panel(
          x: data.lengthAxis("Position of the query (tokens)"), y: Axis("Moved weight", format: .percent),
          marks: data.lengthRules(.vertical)
            + curves.map { method, curve in
              .line(
                Mark.Series(
                  label: method.name, style: data.style(of: method), x: curve.x, y: curve.y, lower: curve.lower, upper: curve.upper))
            })
      ])
  }

  private static func atTarget(_ curve: AnalysisSeries) -> Double { curve.summary["moved_weight_at_target"] ?? 0 }
}
