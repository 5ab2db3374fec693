import RopeAnalysis
import RopeChart

/// The logit multiplier that would hold the trained entropy, beside the field's laws and the methods' own factors.
public enum TemperatureFigure: FigureKind {
  public static let card = FigureCard(
    id: "temperature", title: "Logit multiplier against length",
    summary: "Which temperature would keep attention as sharp as in training, and which one methods apply.",
    analyses: [Temperature.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    guard let held = data.baseline(name, "holding"), let atTarget = held.summary[.holdingMultiplierAtTarget]
    else { return nil }
    let isMeasured = held.summary[.fromMoments] == 1
    let sigma = Wording.number(held.summary[.logitDeviation] ?? .nan, digits: 2)
    func line(_ series: AnalysisSeries?, _ label: String, _ style: SeriesStyle) -> [Mark] {
      series.map { [.line(Mark.Series(label: label, style: style, x: $0.x, y: $0.y))] } ?? []
    }
    var yarn = MethodStyles.style(ids: ["yarn"]), logn = MethodStyles.style(ids: ["longrope"])
    yarn.key = "yarn-law"
    yarn.dash = [1.5, 1.5]
    logn.key = "logn-law"
    yarn.marker = .none
    logn.marker = .none
    var black = MethodStyles.style(ids: ["none"])
    black.key = "holding"
    let own = data.sharedCurves(name, "own").filter { curve in curve.curve.y.contains { abs($0 - 1) > 1e-9 } }
    let laws = ["yarn_law", "logn_law"].compactMap { data.baseline(name, $0) }
    func coincides(_ curve: AnalysisSeries, _ law: AnalysisSeries) -> Bool {
      zip(curve.y, law.y).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    /// A law, named together with the methods that follow it at every length.
    func law(_ series: String, _ label: String, _ style: SeriesStyle) -> [Mark] {
      guard let curve = data.baseline(name, series) else { return [] }
      let followers = own.filter { coincides($0.curve, curve) }.flatMap(\.names)
      return line(curve, data.language.names([label] + followers), style)
    }
    let language = data.language
    let marks =
      data.lengthRules(.vertical)
      + line(held, language("holds entropy"), black)
      + law("yarn_law", "(0.1 ln s + 1)²", yarn) + law("logn_law", "ln n / ln L₀", logn)
      + (isMeasured ? needs(data) : [])
      + own.filter { curve in !laws.contains { coincides(curve.curve, $0) } }.map { data.plainLine($0) }
    let factors = own.compactMap { curve in
      curve.curve.summary[.ownMultiplierAtTarget].map { (curve: curve, multiplier: $0) }
    }
    let nearest = factors.min { abs($0.multiplier - atTarget) < abs($1.multiplier - atTarget) }
    let need = Wording.fixed(atTarget, decimals: 3)
    let title =
      if isMeasured {
        momentTitle(data, plain: atTarget)
      } else if let nearest {
        nearestTitle(data, need: need, nearest.curve, applied: Wording.fixed(nearest.multiplier, decimals: 3))
      } else {
        language("Holding attention entropy at \(data.targetText) takes logits × \(need)")
      }
    let without = data.methods.map(\.name).filter { name in !own.contains { $0.names.contains(name) } }
    let rest =
      switch without.count {
      case 0: ""
      case 1: language("\(without[0]) leaves logits as they are.")
      default: language("\(list: without) leave logits as they are.")
      }
    return Figure(
      id: card.id, title: title,
      caption: isMeasured
        ? momentCaption(data)
        : language.paragraph([
          language(
            "Multiplier of the logits against context length. Solid black: the multiplier κ with H(n, κσ) = H(L₀, σ) for Gaussian logits of standard deviation σ = \(sigma), exact for every n. (0.1 ln s + 1)² with s = n/L₀ is YaRN's law had it been set for n; ln n / ln L₀ is log n scaling, and LongRoPE's 1 + ln s/ln L₀ is the same number. Other lines: each method as it is set for the target."
          ), rest, data.setting,
        ]),
      alternativeText: language(
        "Line chart: logit multiplier against context length: held entropy, YaRN's law, log n law and \(list: own.flatMap(\.names)). \(title)."
      ),
      panels: [
        Panel(
          x: data.lengthAxis(language("Context length n (tokens)")), y: Axis(language("Logit multiplier")), marks: marks
        )
      ])
  }

  private static func nearestTitle(
    _ data: FigureData, need: String, _ nearest: FigureData.SharedCurve, applied: String
  ) -> String {
    nearest.methods.count == 1
      ? data.language(
        "Holding attention entropy at \(data.targetText) takes logits × \(need); \(nearest.told) applies \(applied)")
      : data.language(
        "Holding attention entropy at \(data.targetText) takes logits × \(need); \(nearest.told) apply \(applied)")
  }

  /// What each method's rotation needs at the target, as a point.
  private static func needs(_ data: FigureData) -> [Mark] {
    data.methods.compactMap { method in
      data.value(card.analyses[0], .holdingMultiplierAtTarget, of: method).flatMap { value in
        value.isFinite
          ? .points(Mark.Series(label: "", style: data.style(of: method), x: [Double(data.targetLength)], y: [value]))
          : nil
      }
    }
  }

  private static func momentTitle(_ data: FigureData, plain: Double) -> String {
    let name = card.analyses[0]
    let applied = data.methods.compactMap { method -> (name: String, own: Double, need: Double)? in
      guard let own = data.value(name, .ownMultiplierAtTarget, of: method), own > 1.001,
        let need = data.value(name, .holdingMultiplierAtTarget, of: method), need.isFinite
      else { return nil }
      return (method.name, own, need)
    }
    guard let nearest = applied.min(by: { abs($0.own / $0.need - 1) < abs($1.own / $1.need - 1) }) else {
      return data.language(
        "Without scaling the heads’ entropy at \(data.targetText) is held by logits × \(Wording.fixed(plain, decimals: 3))"
      )
    }
    return data.language(
      "Under \(nearest.name) the heads’ entropy at \(data.targetText) is held by logits × \(Wording.fixed(nearest.need, decimals: 3)); it applies \(Wording.fixed(nearest.own, decimals: 3))"
    )
  }

  private static func momentCaption(_ data: FigureData) -> String {
    data.language.paragraph([
      data.language(
        "Multiplier of the logits against context length. Solid black: the multiplier that keeps the mean entropy of the model's own heads, from the measured moments of their queries and keys, at its trained value under unscaled rotation. Points at the target: the same under each method's rotation, its own temperature taken off. (0.1 ln s + 1)² with s = n/L₀ is YaRN's law had it been set for n; ln n / ln L₀ is log n scaling. Other lines: each method as it is set for the target."
      ), data.setting,
    ])
  }
}
