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
    if shared.first?.curve.summary["from_moments"] == 1 { return measuredFigure(data, shared) }
    func firstNegative(_ shared: FigureData.SharedCurve) -> Double {
      data.value(name, "first_sign_change", of: shared.methods[0]) ?? .nan
    }
    var marks = data.lengthRules(.vertical)
    marks.append(.rule(Mark.Rule(.horizontal, at: 0, label: "zero")))
    marks += shared.map { data.plainLine($0) }
    marks += shared.filter { firstNegative($0).isFinite }.map { curve in
      var style = data.style(of: curve.methods[0])
      if style.marker == .none { style.marker = .filledCircle }
      return .points(Mark.Series(label: "", style: style, x: [firstNegative(curve)], y: [0]))
    }
    let changes = shared.filter { firstNegative($0).isFinite }.map { ($0.names[0], firstNegative($0)) }
      .sorted { $0.1 < $1.1 }
    let title: String
    if let earliest = changes.first, let last = changes.last {
      let opening = "\(earliest.0) scores a matching key below 0 from \(Wording.tokens(earliest.1)) tokens on"
      if let best = shared.first(where: { firstNegative($0).isNaN }) {
        title = "\(opening), \(best.names[0]) nowhere up to \(data.targetText)"
      } else {
        title = changes.count > 1 ? "\(opening), \(last.0) only from \(Wording.tokens(last.1))" : opening
      }
    } else {
      title = "No method scores a matching key below 0 up to \(data.targetText)"
    }
    let list = changes.map { "\($0.0) \(Wording.tokens($0.1))" }
    let found = list.isEmpty ? "" : " \(Wording.list(list))."
    var panels = [
      Panel(
        x: data.lengthAxis("Distance Δ (tokens)"), y: Axis("Mean score (share of Δ = 0)"), marks: marks)
    ]
    if let bound = data.baseline(name, "bound") {
      panels[0].title = "Mean score"
      panels.append(
        Panel(
          title: "RoFormer’s bound", x: data.lengthAxis("Distance Δ (tokens)"), y: Axis("Bound (1/m) Σ |S|"),
          marks: data.lengthRules(.vertical) + data.trainedLine(bound, label: "unscaled")))
    }
    return Figure(
      id: card.id, title: title,
      caption:
        "Mean score of a key that equals its query, relative to distance 0, for independent features of equal variance: "
        + "B′(Δ) = (2 Σ cos(Δθ′) + D − d)/D. Lines: mean over all whole distances of a quarter octave, since single distances "
        + "scatter. Markers on the zero line: first whole distance with a negative score, by search over all.\(found) (b) "
        + "RoFormer's bound of the unscaled model, (1/m) Σ_k |Σ_{i<k} e^(jΔθ_i)|, averaged likewise; it limits sums of this kind "
        + "and does not show decay. \(data.setting)",
      alternativeText:
        "Line chart: mean attention score against distance for \(Wording.list(data.methods.map(\.name))). "
        + "\(title).",
      panels: panels, columns: 2)
  }

  /// The mean logit of the model's own heads, in nats.
  private static func measuredFigure(_ data: FigureData, _ shared: [FigureData.SharedCurve]) -> Figure {
    // How far the mean logit has risen again at the target above its lowest.
    func rise(_ curve: FigureData.SharedCurve) -> Double {
      (curve.curve.y.last ?? .nan) - (curve.curve.y.min() ?? .nan)
    }
    let sorted = shared.filter { rise($0).isFinite }.sorted { rise($0) < rise($1) }
    var title = "Mean logit of the model’s heads against distance"
    if let least = sorted.first, let most = sorted.last, data.targetLength > data.trainedLength, rise(most) > 0.05 {
      title =
        "At \(data.targetText) the mean logit of far keys has risen again by \(Wording.fixed(rise(most), decimals: 2)) nats under \(most.label)"
      if sorted.count > 1 { title += ", by \(Wording.fixed(rise(least), decimals: 2)) under \(least.label)" }
    }
    return Figure(
      id: card.id, title: title,
      caption:
        "Mean logit over the model's heads against distance, from the measured means of un-rotated queries and keys: "
        + "Σ a_i cos(Δθ′_i) − b_i sin(Δθ′_i), without temperature. Lines: mean over all whole distances of a quarter octave, since single "
        + "distances scatter. Training taught the fall to the trained length; what lies beyond follows from the rotation alone. \(data.setting)",
      alternativeText:
        "Line chart: mean logit against distance for \(Wording.list(data.methods.map(\.name))). \(title).",
      panels: [
        Panel(
          x: data.lengthAxis("Distance Δ (tokens)"), y: Axis("Mean logit (nats)"),
          marks: data.lengthRules(.vertical) + shared.map { data.plainLine($0) })
      ])
  }
}
