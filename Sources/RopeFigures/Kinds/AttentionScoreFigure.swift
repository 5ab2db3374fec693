import RopeAnalysis
import RopeChart

/// Mean score of a matching key against its distance.
public enum AttentionScoreFigure: FigureKind {
  public static let card = FigureCard(
    id: "attention-score", title: "Mean score against distance",
    summary:
      "How the score of a matching key falls with distance, where it first turns negative, and RoFormer's bound.",
    analyses: [ScoreByDistance.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    let shared = data.sharedCurves(name, "average")
    guard !shared.isEmpty else { return nil }
    if shared.first?.curve.summary[.fromMoments] == 1 { return measuredFigure(data, shared) }
    func firstNegative(_ shared: FigureData.SharedCurve) -> Double {
      data.value(name, .firstSignChange, of: shared.methods[0]) ?? .nan
    }
    let language = data.language
    var marks = data.lengthRules(.vertical)
    marks.append(.rule(Mark.Rule(.horizontal, at: 0, label: language("zero"))))
    marks += shared.map { data.plainLine($0) }
    marks += shared.filter { firstNegative($0).isFinite }.map { curve in
      var style = data.style(of: curve.methods[0])
      style.marker = style.marker.onPoint
      return .points(Mark.Series(label: "", style: style, x: [firstNegative(curve)], y: [0]))
    }
    let changes = shared.filter { firstNegative($0).isFinite }.map { ($0.names[0], firstNegative($0)) }
      .sorted { $0.1 < $1.1 }
    let found = changes.map { "\($0.0) \(Wording.tokens($0.1))" }
    let title = title(data, changes, never: shared.first { firstNegative($0).isNaN }?.names[0])
    var panels = [
      Panel(
        x: data.lengthAxis(language("Distance Δ (tokens)")), y: Axis(language("Mean score (share of Δ = 0)")),
        marks: marks
      )
    ]
    if let bound = data.baseline(name, "bound") {
      panels[0].title = language("Mean score")
      panels.append(
        Panel(
          title: language("RoFormer’s bound"), x: data.lengthAxis(language("Distance Δ (tokens)")),
          y: Axis(language("Bound (1/m) Σ |S|")),
          marks: data.lengthRules(.vertical) + data.trainedLine(bound, label: language("unscaled"))))
    }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Mean score of a key that equals its query, relative to distance 0, for independent features of equal variance: B′(Δ) = (2 Σ cos(Δθ′) + D − d)/D. Lines: mean over all whole distances of a quarter octave, since single distances scatter. Markers on the zero line: first whole distance with a negative score, by search over all."
        ), found.isEmpty ? "" : language("\(list: found)."),
        data.lettered(
          "b",
          language(
            "RoFormer's bound of the unscaled model, (1/m) Σ_k |Σ_{i<k} e^(jΔθ_i)|, averaged likewise; it limits sums of this kind and does not show decay."
          )), data.setting,
      ]),
      alternativeText: language(
        "Line chart: mean attention score against distance for \(list: data.methods.map(\.name)). \(title)."),
      panels: panels, columns: 2)
  }

  /// - Parameters:
  ///   - changes: the first distance with a negative score by the name of a method, in ascending order.
  ///   - never: a method that has none.
  private static func title(_ data: FigureData, _ changes: [(String, Double)], never: String?) -> String {
    let language = data.language
    guard let earliest = changes.first, let last = changes.last else {
      return language("No method scores a matching key below 0 up to \(data.targetText)")
    }
    let from = Wording.tokens(earliest.1)
    if let never {
      return language(
        "Under \(earliest.0) a matching key scores below 0 from \(from) tokens on, under \(never) nowhere up to \(data.targetText)"
      )
    }
    return changes.count > 1
      ? language(
        "Under \(earliest.0) a matching key scores below 0 from \(from) tokens on, under \(last.0) only from \(Wording.tokens(last.1))"
      )
      : language("Under \(earliest.0) a matching key scores below 0 from \(from) tokens on")
  }

  /// The mean logit of the model's own heads, in nats.
  private static func measuredFigure(_ data: FigureData, _ shared: [FigureData.SharedCurve]) -> Figure {
    // How far the mean logit has risen again at the target above its lowest.
    func rise(_ curve: FigureData.SharedCurve) -> Double {
      (curve.curve.y.last ?? .nan) - (curve.curve.y.min() ?? .nan)
    }
    let sorted = shared.filter { rise($0).isFinite }.sorted { rise($0) < rise($1) }
    let language = data.language
    var title = language("Mean logit of the model’s heads against distance")
    if let least = sorted.first, let most = sorted.last, data.targetLength > data.trainedLength, rise(most) > 0.05 {
      let largest = Wording.fixed(rise(most), decimals: 2)
      title =
        sorted.count > 1
        ? language(
          "At \(data.targetText) the mean logit of far keys has risen again by \(largest) nats under \(most.label), by \(Wording.fixed(rise(least), decimals: 2)) under \(least.label)"
        )
        : language(
          "At \(data.targetText) the mean logit of far keys has risen again by \(largest) nats under \(most.label)")
    }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Mean logit over the model's heads against distance, from the measured means of un-rotated queries and keys: Σ a_i cos(Δθ′_i) − b_i sin(Δθ′_i), without temperature. Lines: mean over all whole distances of a quarter octave, since single distances scatter. Training taught the fall to the trained length; what lies beyond follows from the rotation alone."
        ), data.setting,
      ]),
      alternativeText: language(
        "Line chart: mean logit against distance for \(list: data.methods.map(\.name)). \(title)."),
      panels: [
        Panel(
          x: data.lengthAxis(language("Distance Δ (tokens)")), y: Axis(language("Mean logit (nats)")),
          marks: data.lengthRules(.vertical) + shared.map { data.plainLine($0) })
      ])
  }
}
