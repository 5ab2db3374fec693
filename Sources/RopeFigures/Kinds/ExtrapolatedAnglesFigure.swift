import RealModule
import RopeAnalysis
import RopeChart
import RopeMath

/// Rotation angles as a pair × position map, the trained region marked, for up to three methods.
public enum ExtrapolatedAnglesFigure: FigureKind {
  public static let card = FigureCard(
    id: "extrapolated-angles", title: "Angles beyond training",
    summary: "Where in the pair × position plane a method stands at angles that training never showed.",
    analyses: [ExtrapolatedAngles.card.id],
    topic: .angles)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let trained = data.baseline(card.analyses[0], "largest_trained") else { return nil }
    let shown = chosen(data)
    guard !shown.isEmpty, data.targetLength > 1 else { return nil }
    let panels = shown.compactMap { panel($0.method.name, trained: trained.y, angles: $0.angles.y, data) }
    guard !panels.isEmpty else { return nil }
    let language = data.language
    let worst = shown.max { $0.share < $1.share }
    let title =
      worst.map {
        $0.share > 0
          ? language(
            "Without a trained angle: \(data.percent($0.share)) of pair–position cells under \($0.method.name)")
          : language("No pair leaves its trained angles")
      } ?? ""
    let first = first(trained.y)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "How far each pair's angle at each position lies beyond the arc that training showed, as a share of the whole circle; dark means inside."
        ), data.setting,
        first > 0
          ? language(
            "Pairs that completed a turn in training have no unseen angle; pairs below \(first) are not shown.")
          : language("Pairs that completed a turn in training have no unseen angle."),
        data.notDrawn(
          data.curves(card.analyses[0], "largest_target").map(\.method).filter { method in
            !shown.contains { $0.method == method }
          }.map(\.name)),
      ]),
      alternativeText: language(
        "Maps of pair against position for \(list: shown.map(\.method.name)): share of the circle beyond the trained arc. \(title)."
      ),
      panels: panels, columns: 3, aspect: 0.9)
  }

  /// Unscaled, and the two other methods with the most and the least unseen positions.
  private static func chosen(
    _ data: FigureData
  ) -> [(method: FigureData.Method, angles: AnalysisSeries, share: Double)] {
    let all = data.curves(card.analyses[0], "largest_target").map { method, angles in
      (
        method: method, angles: angles,
        share: data.value(card.analyses[0], .shareOutOfDistribution, of: method) ?? 0
      )
    }
    guard all.count > 3 else { return all }
    let plain = all.filter { $0.method.ids == ["none"] }.prefix(1)
    let others = all.filter { $0.method.ids != ["none"] }.sorted { $0.share > $1.share }
    let best = others.last { $0.method.ids == ["yarn"] } ?? others.last
    return Array(plain)
      + [others.first, best].compactMap { $0 }.reduce(into: []) { list, entry in
        if !list.contains(where: { $0.method == entry.method }) { list.append(entry) }
      }
  }

  /// Pairs that completed a turn in training have nothing unseen; a few of them are shown for their place.
  private static func first(_ trained: [Double]) -> Int { max(0, (trained.firstIndex { $0 < 2 * .pi } ?? 0) - 4) }

  private static func panel(
    _ name: String, trained: [Double], angles: [Double], _ data: FigureData
  ) -> Panel? {
    let pairs = min(trained.count, angles.count)
    let first = first(trained)
    guard first < pairs else { return nil }
    let columns = 48
    let ratio = Double(data.targetLength) / Double(max(1, data.trainedLength))
    let start = Double(data.targetLength) / max(16, 4 * ratio)
    // Edges are spread over the logarithm, as the axis is.
    let edges = (0...columns).map { start * power(Double(data.targetLength) / start, Double($0) / Double(columns)) }
    var values: [Double] = []
    for pair in first..<pairs {
      for column in 0..<columns {
        let position = (edges[column] + edges[column + 1]) / 2
        let angle = angles[pair] * position / Double(data.targetLength)
        let turn = 2 * Double.pi
        let reduced = angle.truncatingRemainder(dividingBy: turn)
        values.append(trained[pair] >= turn ? 0 : max(0, reduced - trained[pair]) / turn)
      }
    }
    return Panel(
      title: name, x: data.lengthAxis(data.language("Position (tokens)"), domain: start...Double(data.targetLength)),
      y: Axis(data.language("Pair index i"), format: .pairIndex, domain: (Double(first) - 0.5)...(Double(pairs) - 0.5)),
      marks: [
        .cells(
          Mark.Cells(
            xEdges: edges, yEdges: (first...pairs).map { Double($0) - 0.5 }, values: values, domain: 0...0.5,
            label: data.language("Beyond the trained arc (share of the circle)"), format: .percent)),
        .rule(
          Mark.Rule(.vertical, at: Double(data.trainedLength), label: data.language("trained \(data.trainedText)"))),
      ])
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double { .exp(exponent * .log(base)) }
}
