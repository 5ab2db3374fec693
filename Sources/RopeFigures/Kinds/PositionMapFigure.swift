import RopeAnalysis
import RopeChart

/// Effective distances as query × key maps, for methods that re-map them.
public enum PositionMapFigure: FigureKind {
  public static let card = FigureCard(
    id: "position-map", title: "Relative-position maps",
    summary: "The distance at which each query sees each key, for methods that re-map distances.",
    analyses: [PositionMap.card.id],
    topic: .positions)

  private static let largestPanelCount = 6

  public static func chart(_ data: FigureData) -> Figure? {
    guard let unscaled = data.baseline(card.analyses[0], "unscaled") else { return nil }
    let mapped = data.everyCurve(card.analyses[0], "distance").filter { $0.curve.summary[.keepsTrueDistances] == 0 }
    guard !mapped.isEmpty else { return nil }
    let shown = Array(mapped.prefix(largestPanelCount - 1))
    let trained = Double(data.trainedLength)
    let safe = mapped.count { ($0.curve.summary[.largestDistance] ?? .infinity) <= trained }
    let language = data.language
    let title =
      switch safe {
      case 0: language("No method here keeps distances within the trained \(data.trainedText)")
      case mapped.count:
        language("Every method that re-maps distances keeps them within the trained \(data.trainedText)")
      case 1:
        language("1 of \(mapped.count) methods that re-map distances keeps them within the trained \(data.trainedText)")
      default:
        language(
          "\(safe) of \(mapped.count) methods that re-map distances keep them within the trained \(data.trainedText)")
      }
    let panels = [(language("true distances"), unscaled)] + shown.map { ($0.method.name, $0.curve) }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Effective distance of each key from each query, as a share of the trained length; the colours end at one and a half. Hatched: not seen."
        ), data.notDrawn(mapped.dropFirst(shown.count).map(\.method.name)), data.setting,
      ]),
      alternativeText: language(
        "Maps of query against key for \(list: panels.map(\.0)): effective distance over the trained length. \(title)."),
      panels: panels.compactMap { panel($0.0, $0.1, scale: trained, data) }, columns: 3, aspect: 1)
  }

  private static func panel(_ name: String, _ curve: AnalysisSeries, scale: Double, _ data: FigureData) -> Panel? {
    data.queryKeyPanel(
      name, curve, values: curve.y.map { $0.isNaN ? .nan : min(1.5, $0 / scale) }, domain: 0...1.5,
      label: data.language("Effective distance / trained length"), format: .number)
  }
}
