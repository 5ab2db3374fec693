import RopeAnalysis
import RopeChart

/// Which keys each query sees, for methods that hide some.
public enum VisibilityFigure: FigureKind {
  public static let card = FigureCard(
    id: "visibility", title: "Visibility maps",
    summary: "Which keys each query attends to, for methods that leave some out.",
    analyses: [VisibilityMap.card.id],
    topic: .positions)

  private static let largestPanelCount = 6

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.everyCurve(card.analyses[0], "seen")
    guard let least = curves.min(by: { seen($0.curve) < seen($1.curve) }) else { return nil }
    let language = data.language
    let title = language(
      "Under \(least.method.name) the newest token scores \(data.percent(seen(least.curve))) of the keys")
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Share of the heads, or of the retrievals, in which a query sees a key. Hatched: after the query."),
        data.setting,
      ]),
      alternativeText: language(
        "Maps of query against key for \(list: curves.map(\.method.name)): share of heads that see the key. \(title)."),
      panels: curves.prefix(largestPanelCount).compactMap { method, curve in
        data.queryKeyPanel(
          method.name, curve, values: curve.y, domain: 0...1, label: language("Share of heads that see the key"),
          format: .percent, colours: .density)
      }, columns: 3, aspect: 1)
  }

  private static func seen(_ curve: AnalysisSeries) -> Double { curve.summary[.shareOfKeysScored] ?? 1 }
}
