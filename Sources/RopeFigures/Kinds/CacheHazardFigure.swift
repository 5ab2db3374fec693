import RopeAnalysis
import RopeChart

/// How far stale keys take the output of attention, against the tokens decoded.
public enum CacheHazardFigure: FigureKind {
  public static let card = FigureCard(
    id: "cache-hazard", title: "Attention changed by stale keys",
    summary:
      "How soon the output of attention is wrong when a cache keeps keys that were rotated for a shorter context.",
    analyses: [CacheHazard.card.id],
    topic: .generating)

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.everyCurve(card.analyses[0], "output_error")
    guard let worst = curves.max(by: { atTenth($0.curve) < atTenth($1.curve) }),
      let least = curves.min(by: { atTenth($0.curve) < atTenth($1.curve) }), let last = worst.curve.x.last
    else { return nil }
    func percent(_ curve: AnalysisSeries) -> String { "\(Wording.number(100 * atTenth(curve), digits: 2)) %" }
    let rest =
      curves.count > 1 && atTenth(least.curve) < 0.9 * atTenth(worst.curve)
      ? ", under \(least.method.name) by \(percent(least.curve))" : ""
    let title =
      "\(Wording.tokens(last)) tokens after the prompt, stale keys change the output of attention by \(percent(worst.curve)) under \(worst.method.name)\(rest)"
    return Figure(
      id: card.id, title: title,
      caption:
        "Error of the output of attention that comes from keys rotated when they were written, against keys rotated anew, relative to the output: the mean over \(Wording.tokens(worst.curve.summary["sample_count"] ?? .nan)) sampled queries (seed \(Wording.tokens(worst.curve.summary["seed"] ?? 0))) with one standard error, for independent values. The prompt has the trained length; shown is the first tenth of the growth to the target. \(data.setting)",
      alternativeText:
        "Relative error of the attention’s output against tokens decoded for \(Wording.list(curves.map(\.method.name))). \(title).",
      panels: [
        Panel(
          x: Axis("Tokens decoded after the prompt", scale: .log2, format: .tokens),
          y: Axis("Error of the output", format: .percent),
          marks: [
            .rule(
              Mark.Rule(
                .horizontal, at: CacheHazard.largeError, label: "\(Wording.number(100 * CacheHazard.largeError)) %"))
          ]
            + curves.map { method, curve in
              .line(
                Mark.Series(
                  label: method.name, style: data.style(of: method), x: curve.x, y: curve.y, lower: curve.lower,
                  upper: curve.upper))
            })
      ])
  }

  private static func atTenth(_ curve: AnalysisSeries) -> Double { curve.summary["output_error_at_tenth"] ?? 0 }
}
