import RealModule
import RopeAnalysis
import RopeChart
import RopeMath

/// How often training showed each angle of each pair, with the angles that methods ask for at the target over it.
public enum ExposureMapFigure: FigureKind {
  public static let card = FigureCard(
    id: "exposure-map", title: "How often an angle was trained",
    summary:
      "How often training showed each angle of each pair, not only whether, and where each method's largest angles fall.",
    analyses: [ExposureMap.card.id],
    topic: .angles)

  /// Decades below an even spread that are told apart.
  private static let lowest = -2.0
  private static let highest = 1.0

  public static func chart(_ data: FigureData) -> Figure? {
    guard let map = data.baseline(card.analyses[0], "exposure"), let bins = map.summary[.bins].map({ Int($0) }),
      let pairs = map.summary[.pairs].map({ Int($0) }), let smallest = map.summary[.smallestAngle], bins > 0,
      pairs > 0, map.y.count == bins * pairs
    else { return nil }
    // Pairs that saw all angles about equally often are shown for their place only.
    let uneven = (0..<pairs).first { pair in map.y[pair * bins..<(pair + 1) * bins].contains { $0 < 0.5 } }
    guard let uneven else { return nil }
    let first = max(0, uneven - max(2, (pairs - uneven) / 6))
    let turn = 2 * Double.pi
    let values = (0..<bins).flatMap { bin in
      (first..<pairs).map { pair -> Double in
        let seen = map.y[pair * bins + bin]
        return seen > 0 ? max(lowest, .log10(seen)) : .nan
      }
    }
    let shared = merged(data, first: first)
    let lines = shared.map { curve -> Mark in
      let shown = curve.curve.y.indices.filter { $0 >= first }
      return .line(
        Mark.Series(
          label: curve.label, style: PhaseSafeLengthFigure.dotStyle(data.style(of: curve.methods[0])),
          x: shown.map(Double.init),
          y: shown.map { curve.curve.y[$0] }))
    }
    let seldom = data.methods.compactMap { method in
      data.value(card.analyses[0], .shareRarelyShown, of: method).map { (method: method, share: $0) }
    }.filter(\.share.isFinite)
    let stages = map.summary[.stages] ?? 1
    let language = data.language, count = Wording.whole(Int(stages))
    let weights =
      stages <= 1
      ? ""
      : map.summary[.knownWeights] == 1
        ? language("Over \(count) stages of training.")
        : language("Over \(count) stages of training, which count alike for want of their weights.")
    let most = seldom.max { $0.share < $1.share }
    let title =
      most.map {
        $0.share > 0.0005
          ? language(
            "At \(data.targetText), \(data.percent($0.share)) of the angles under \($0.method.name) were shown rarely or never"
          )
          : language("At \(data.targetText) every angle that a method asks for was shown often")
      } ?? language("How often training showed each angle")
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Colour: how often a training token saw a key at each angle of each pair, against an even spread over the circle; a sequence of L tokens holds the distance Δ L − Δ times. Darker is more often; hatched: never."
        ), weights,
        language(
          "Lines: the largest angle of each pair at the target; methods ask for everything below. “Rarely” is less than a tenth of an even spread; the share is one of the newest query’s keys, mean over pairs."
        ), language.paragraph(data.membersText(shared)), data.setting,
      ]),
      alternativeText: language(
        "Map of pair against angle: how often training showed it; lines for \(list: shared.map(\.label)). \(title)."),
      panels: [
        Panel(
          x: Axis(language("Pair index i"), format: .pairIndex, domain: (Double(first) - 0.5)...(Double(pairs) - 0.5)),
          y: Axis(language("Angle (radians)"), scale: .log10, domain: smallest...turn),
          marks: [
            .cells(
              Mark.Cells(
                xEdges: (first...pairs).map { Double($0) - 0.5 }, yEdges: [smallest / 2] + map.x.prefix(bins),
                values: values, colours: .density, domain: lowest...highest,
                label: language("Seen, log₁₀ of multiples of an even spread"))
            )
          ] + lines)
      ], aspect: 0.62)
  }

  /// Methods whose angles agree within a twentieth wherever the map shows them.
  private static func merged(_ data: FigureData, first: Int) -> [FigureData.SharedCurve] {
    let turn = 2 * Double.pi
    var merged: [FigureData.SharedCurve] = []
    for (method, curve) in data.curves(card.analyses[0], "angles") {
      let place = merged.firstIndex { other in
        other.curve.y.count == curve.y.count
          && zip(other.curve.y, curve.y).dropFirst(first).allSatisfy {
            abs(min($0, turn) - min($1, turn)) <= 0.05 * min($0, turn)
          }
      }
      if let place {
        merged[place].methods.append(method)
      } else {
        merged.append(.init(methods: [method], curve: curve, language: data.language))
      }
    }
    return merged
  }
}
