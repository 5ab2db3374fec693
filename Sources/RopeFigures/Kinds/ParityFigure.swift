import RopeAnalysis
import RopeChart
import RopeMath

/// Phase error of each pair under runtimes that compute other numbers than the reference from the same file.
public enum ParityFigure: FigureKind {
  public static let card = FigureCard(
    id: "parity", title: "What runtimes compute from the same file",
    summary:
      "How far each pair's angle at the target is off in runtimes that read the file otherwise than the newest transformers.",
    analyses: [seriesName],
    topic: .runtimes)

  /// Name of the curves that a run adds for its runtimes, one a runtime: `phase_error` over pairs.
  public static let seriesName = "parity"

  private static let smallestError = 1e-6

  public static func chart(_ data: FigureData) -> Figure? {
    let runtimes = data.series.filter { $0.name == seriesName }
    let differing = runtimes.filter { ($0.y.max() ?? 0) > smallestError }
    guard let worst = differing.max(by: { ($0.y.max() ?? 0) < ($1.y.max() ?? 0) }) else { return nil }
    let language = data.language
    let title = language(
      "\(differing.count) of \(runtimes.count) runtimes compute other angles from this file, \(worst.method) by up to \(Wording.number(worst.y.max() ?? 0)) rad"
    )
    let marks = differing.enumerated().map { place, curve -> Mark in
      // A logarithmic axis shows no zero: pairs that agree have no mark.
      let kept = zip(curve.x, curve.y).filter { $0.1 > smallestError }
      return .line(
        Mark.Series(
          label: curve.method, style: MethodStyles.ordered(place, key: "runtime-\(place)"), x: kept.map(\.0),
          y: kept.map(\.1)))
    }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Difference of each pair's angle at \(Wording.whole(data.targetLength)) tokens from what the newest transformers computes from the same file."
        ), data.setting, language("Runtimes that agree, or refuse the file, are left out."),
      ]),
      alternativeText: language("Phase error against pair index for \(list: differing.map(\.method)). \(title)."),
      panels: [
        Panel(
          x: data.pairAxis, y: Axis(language("Phase error at the target (radians)"), scale: .log10),
          marks: [.rule(Mark.Rule(.horizontal, at: .pi, label: language("half a turn")))] + marks)
      ])
  }

  public static func absence(_ data: FigureData) -> String {
    data.series.contains { $0.name == seriesName }
      ? "every runtime computes the same numbers from this file"
      : "the file asks for no scaling that runtimes could read differently; give a MODEL whose config has rope_scaling or rope_parameters"
  }
}
