import RopeAnalysis
import RopeChart

/// What methods do to attention entropy where position matters: differences to the model without scaling.
public enum PositionalEntropyFigure: FigureKind {
  public static let card = FigureCard(
    id: "positional-entropy", title: "Entropy where position matters",
    summary:
      "How much methods change attention entropy against the unscaled model when queries and keys have a mean in each pair.",
    analyses: [PositionalEntropy.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    func factor(_ method: FigureData.Method) -> Double {
      data.value(name, .logitFactorAtTarget, of: method) ?? .nan
    }
    func isPlain(_ method: FigureData.Method) -> Bool { abs(factor(method) - 1) < 1e-9 }
    func isChanged(_ curve: FigureData.SharedCurve) -> Bool { curve.curve.y.contains { abs($0) > 1e-6 } }
    let plain = data.sharedCurves(name, "difference", tolerance: 1e-6, where: isPlain).filter(isChanged)
    let tempered = data.sharedCurves(name, "difference", tolerance: 1e-6) { !isPlain($0) && factor($0).isFinite }
      .filter(isChanged)
    guard !(plain + tempered).isEmpty, let summary = data.curves(name, "closed_form").first?.curve.summary else {
      return nil
    }
    let language = data.language
    func panel(_ title: String, _ label: String, _ curves: [FigureData.SharedCurve]) -> [Panel] {
      guard !curves.isEmpty else { return [] }
      var marks = data.lengthRules(.vertical)
      marks.append(.rule(Mark.Rule(.horizontal, at: 0, label: language("unscaled"))))
      for curve in curves {
        marks.append(data.plainLine(curve))
        marks += data.simulatedPoints(curve, "simulated_difference")
      }
      return [
        Panel(
          title: title, x: data.lengthAxis(language("Context length n (tokens)")),
          // A domain of its own: the two panels differ by an order of magnitude.
          y: Axis(label, domain: domain(marks)), marks: marks)
      ]
    }
    func largest(_ curves: [FigureData.SharedCurve]) -> Double {
      curves.compactMap { $0.curve.y.last.map(abs) }.filter(\.isFinite).max() ?? 0
    }
    let title = title(
      data, plain: plain.isEmpty ? nil : largest(plain), tempered: tempered.isEmpty ? nil : largest(tempered))
    let mean = Wording.number(summary[.meanLogit] ?? .nan, digits: 2)
    let sigma = Wording.number(summary[.logitDeviation] ?? .nan, digits: 2)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Entropy of the last query's attention over n keys less that of the unscaled model at the same n, with a mean in each pair of queries and keys that adds \(mean) to the logit at distance 0, and noise so that logits vary with σ = \(sigma). Lines: annealed approximation, continued beyond the simulated lengths."
        ), data.samplingText(name, "simulated_difference"),
        language("Both runs of a difference share their samples."), data.setting,
      ]),
      alternativeText: language(
        "Line charts: difference of attention entropy to the unscaled model, in nats, against context length for \(list: (plain + tempered).flatMap(\.names)). \(title)."
      ),
      panels: panel(language("Frequencies only"), language("Entropy less unscaled (nats)"), plain)
        + panel(language("With a temperature"), language("Entropy less unscaled (nats)"), tempered), columns: 2)
  }

  /// From the least to the greatest of what is drawn, 0 and a margin among it.
  private static func domain(_ marks: [Mark]) -> ClosedRange<Double>? {
    let values = marks.compactMap(\.lineOrPoints).flatMap(\.heights)
    let low = min(0, values.min() ?? 0), high = max(0, values.max() ?? 0)
    guard high > low else { return nil }
    return low - 0.08 * (high - low)...high + 0.08 * (high - low)
  }

  private static func title(_ data: FigureData, plain: Double?, tempered: Double?) -> String {
    let language = data.language
    func nats(_ value: Double) -> String { Wording.fixed(value, decimals: 2) }
    switch (plain, tempered) {
    case (let plain?, let tempered?):
      return language(
        "Changed frequencies move attention entropy at \(data.targetText) by at most \(nats(plain)) nats, temperatures by up to \(nats(tempered))"
      )
    case (let plain?, nil):
      return language(
        "Changed frequencies move attention entropy at \(data.targetText) by at most \(nats(plain)) nats")
    case (nil, let tempered?):
      return language("Temperatures move attention entropy at \(data.targetText) by up to \(nats(tempered)) nats")
    case (nil, nil): return language("No method changes attention entropy")
    }
  }
}
