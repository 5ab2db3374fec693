import RopeAnalysis
import RopeChart
import RopeMath

/// The context that a base supports before the mean score of a matching key turns negative.
public enum BaseBoundFigure: FigureKind {
  public static let card = FigureCard(
    id: "base-bound", title: "Context supported by a base",
    summary:
      "Up to which distance a base keeps the mean score of a matching key positive, and where this model's base stands.",
    analyses: [BaseBound.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let scan = data.baseline(card.analyses[0], "closed_form"), let base = scan.summary[.base] else { return nil }
    let first = scan.summary[.firstSignChange] ?? .nan
    let limit = scan.y.max() ?? 0
    var style = MethodStyles.style(ids: ["linear"])
    style.key = "base-scan"
    style.dash = []
    style.marker = .none
    var own = MethodStyles.style(ids: ["yarn"])
    own.key = "own-base"
    own.marker = .filledDiamond
    let reach = first.isFinite ? first : limit
    let language = data.language
    let isCutShort = limit < Double(data.targetLength)
    let end = isCutShort ? [Mark.rule(Mark.Rule(.horizontal, at: limit, label: language("end of the search")))] : []
    let marks =
      data.lengthRules(.horizontal) + end + [
        .rule(Mark.Rule(.vertical, at: base, label: language("this model"))),
        .line(Mark.Series(label: "", style: style, x: scan.x, y: scan.y)),
        .points(Mark.Series(label: "", style: own, x: [base], y: [reach])),
      ]
    let refined = scan.summary[.firstPassingBase(at: .target)]
    let needed = refined ?? scan.summary[.firstPassingScannedBase(at: .target)] ?? .nan
    let failing = scan.summary[.lastFailingScannedBase(at: .target)] ?? .nan
    let named = base == base.rounded() && base < 1e9 ? Wording.whole(Int(base)) : Wording.number(base, digits: 2)
    let title = title(data, base: named, first: first, limit: limit)
    let least = Wording.number(needed, digits: 2), most = Wording.number(failing, digits: 2)
    let edges =
      switch (needed.isFinite, refined == nil, failing.isFinite) {
      case (false, _, _): ""
      case (true, true, true):
        language(
          "Of the scanned bases \(least) is the least that passes at \(data.targetText), and of the scanned ones \(most) the largest that fails."
        )
      case (true, true, false):
        language("Of the scanned bases \(least) is the least that passes at \(data.targetText).")
      case (true, false, true):
        language(
          "By a search in steps of 0.1 % \(least) is the least that passes at \(data.targetText), and of the scanned ones \(most) the largest that fails."
        )
      case (true, false, false):
        language("By a search in steps of 0.1 % \(least) is the least that passes at \(data.targetText).")
      }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "First whole distance at which B(Δ) = (2 Σ cos(Δ b^(−2i/d)) + D − d)/D turns negative, for \(scan.x.count) bases b, twelve a decade; searched to \(Wording.tokens(limit)) tokens, where the line is cut off. A base passes for L where the line lies at L or above; the passing bases are no interval, and the line misses narrow bands between scanned bases."
        ), edges, language("Mean behaviour of independent features, no proof either way (arXiv 2405.14591)."),
        data.setting,
      ]),
      alternativeText: language(
        "Line chart: first distance with a negative mean score, in tokens, against the base. \(title)."),
      panels: [
        Panel(
          x: Axis(language("Base b"), scale: .log10), y: data.lengthAxis(language("First negative distance (tokens)")),
          marks: marks)
      ])
  }

  private static func title(_ data: FigureData, base: String, first: Double, limit: Double) -> String {
    let language = data.language, reach = Wording.tokens(first)
    guard first < Double(data.targetLength) else {
      if first.isNaN, limit < Double(data.targetLength) {
        return language(
          "Base \(base) keeps the mean score positive up to \(TokenCount.label(Int(limit))), where the search ends")
      }
      return language("Base \(base) keeps the mean score positive up to \(data.targetText)")
    }
    return first < Double(data.trainedLength)
      ? language(
        "Base \(base) keeps the mean score positive to \(reach) tokens, fewer than the trained \(data.trainedText)")
      : language("Base \(base) keeps the mean score positive to \(reach) tokens, short of \(data.targetText)")
  }
}
