import RopeAnalysis
import RopeChart

/// Angle errors of number formats at far positions.
public enum PrecisionFigure: FigureKind {
  public static let card = FigureCard(
    id: "precision", title: "Precision of positions and tables",
    summary:
      "The worst angle error that keeping positions or frequencies in a number format causes, against the length.",
    analyses: [Precision.card.id],
    topic: .cost)

  private static let formats: [(series: String, label: String, style: SeriesStyle)] = [
    ("float32", "float32", SeriesStyle(key: "float32", light: "000000", dark: "F2F2F2")),
    (
      "float16_positions", "fp16 positions",
      SeriesStyle(key: "float16", light: "0072B2", dark: "1EAEFF", dash: [5, 2], marker: .square)
    ),
    (
      "bfloat16_positions", "bf16 positions",
      SeriesStyle(key: "bfloat16", light: "D55E00", dark: "FE7000", dash: [2, 1.5], marker: .triangle)
    ),
    (
      "bfloat16_frequencies", "bf16 frequencies",
      SeriesStyle(key: "bfloat16-frequencies", light: "009E73", dark: "00E5A7", dash: [7, 2, 1, 2], marker: .diamond)
    ),
  ]

  public static func chart(_ data: FigureData) -> Figure? {
    let lines = formats.compactMap { format in
      data.baseline(card.analyses[0], format.series).map { curve in
        Mark.line(
          Mark.Series(
            label: data.language(fixed: format.label), style: format.style, x: curve.x,
            y: curve.y.map { $0 > 0 ? $0 : .nan }))
      }
    }
    guard !lines.isEmpty else { return nil }
    let error = data.baseline(card.analyses[0], "float32")?.summary[.errorAtTarget] ?? .nan
    let half = data.baseline(card.analyses[0], "bfloat16_positions")?.summary[.errorAtTarget] ?? .nan
    let language = data.language
    let title = language(
      "Angles at \(data.targetText) are off by \(Wording.number(error, digits: 2)) rad in float32, by \(Wording.number(half, digits: 2)) rad with bf16 positions"
    )
    let panel = Panel(
      x: data.lengthAxis(language("Length in context (tokens)")),
      y: Axis(language("Worst angle error (radians)"), scale: .log10),
      marks: [.rule(Mark.Rule(.horizontal, at: .pi, label: language("half a turn")))] + data.lengthRules(.vertical)
        + lines)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Worst error of p·θ over the pairs and over positions in the last half of the context, with the position or the frequency rounded to the format; float32 rounds both and their product."
        ), data.setting, language("Float16 ends at position 65,504."),
      ]),
      alternativeText: language("Worst angle error against length for float32, fp16 and bf16. \(title)."),
      panels: [panel])
  }
}
