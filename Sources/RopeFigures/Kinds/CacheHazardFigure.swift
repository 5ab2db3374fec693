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
    let language = data.language
    let most = data.percent(atTenth(worst.curve)), after = Wording.tokens(last)
    let title =
      curves.count > 1 && atTenth(least.curve) < 0.9 * atTenth(worst.curve)
      ? language(
        "\(after) tokens after the prompt, stale keys change the output of attention by \(most) under \(worst.method.name), under \(least.method.name) by \(data.percent(atTenth(least.curve)))"
      )
      : language(
        "\(after) tokens after the prompt, stale keys change the output of attention by \(most) under \(worst.method.name)"
      )
    let samples = Wording.tokens(worst.curve.summary[.sampleCount] ?? .nan)
    let seed = Wording.tokens(worst.curve.summary[.seed] ?? 0)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Error of the output of attention that comes from keys rotated when they were written, against keys rotated anew, relative to the output: the mean over \(samples) sampled queries (seed \(seed)) with one standard error, for independent values. The prompt has the trained length; shown is the first tenth of the growth to the target."
        ), language("Rule: from \(data.percent(CacheHazard.largeError, digits: 3)) on an error counts as large."),
        data.setting,
      ]),
      alternativeText: language(
        "Relative error of the attention’s output against tokens decoded for \(list: curves.map(\.method.name)). \(title)."
      ),
      panels: [
        Panel(
          x: Axis(language("Tokens decoded after the prompt"), scale: .log2, format: .tokens),
          y: Axis(language("Error of the output"), format: .percent),
          marks: [
            .rule(
              Mark.Rule(
                .horizontal, at: CacheHazard.largeError, label: data.percent(CacheHazard.largeError, digits: 3)))
          ]
            + curves.map { method, curve in
              .line(
                Mark.Series(
                  label: method.name, style: data.style(of: method), x: curve.x, y: curve.y, lower: curve.lower,
                  upper: curve.upper))
            })
      ])
  }

  private static func atTenth(_ curve: AnalysisSeries) -> Double { curve.summary[.outputErrorAtTenth] ?? 0 }
}
