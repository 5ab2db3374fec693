import RopeAnalysis
import RopeChart

/// Methods against properties: one dot plot for each property, rows shared.
public enum SummaryFigure: FigureKind {
  public static let card = FigureCard(
    id: "summary", title: "Methods against properties",
    summary:
      "One row a method, one panel a property: how far it is safe, what it keeps, how it sharpens, what it changes on short texts.",
    analyses: [PhaseSafeLength.card.id, LocalResolution.card.id, Temperature.card.id, ShortContextCost.card.id],
    topic: .comparison)

  public static func chart(_ data: FigureData) -> Figure? {
    guard !data.methods.isEmpty else { return nil }
    let target = Double(data.targetLength), language = data.language
    let properties:
      [(
        title: String, label: String, analysis: String, key: SummaryKey, transform: (Double) -> Double,
        rule: (at: Double, label: String)?
      )] = [
        (
          language("Reach"), language("Phase-safe / target"), card.analyses[0], .phaseSafeLength,
          { min($0 / target, 2) }, (1, language("target"))
        ),
        (language("Resolution"), language("Share kept"), card.analyses[1], .resolutionKept, { $0 }, nil),
        (
          language("Temperature"), language("Logits ×"), card.analyses[2], .ownMultiplierAtTarget, { $0 },
          holding(data)
        ),
        (
          language("Short texts"), language("Share kept at \(data.trainedText)"), card.analyses[3],
          .resolutionKeptAtTrained, { $0 }, nil
        ),
      ]
    let panels = properties.compactMap { property -> Panel? in
      let points = data.methods.enumerated().compactMap { index, method -> Mark? in
        guard let value = data.value(property.analysis, property.key, of: method), !value.isNaN else { return nil }
        let style = PhaseSafeLengthFigure.dotStyle(data.style(of: method))
        return .dots(Mark.Series(label: "", style: style, x: [property.transform(value)], y: [Double(index)]))
      }
      guard !points.isEmpty else { return nil }
      let rule = property.rule.map { [Mark.rule(Mark.Rule(.vertical, at: $0.at, label: $0.label))] } ?? []
      let values = points.compactMap { mark -> Double? in
        if case .dots(let series) = mark { series.x.first } else { nil }
      }
      let low = min(property.key == .ownMultiplierAtTarget ? 1 : 0, values.min() ?? 0)
      let high = max(values.max() ?? 1, property.rule?.at ?? 1, low + 0.1)
      return Panel(
        title: property.title,
        x: Axis(property.label, domain: low - 0.04 * (high - low)...high + 0.06 * (high - low)),
        y: Axis("", scale: .categories(data.methods.map(\.name))), marks: rule + points)
    }
    guard !panels.isEmpty else { return nil }
    let both = data.names { method in
      (data.value(card.analyses[0], .phaseSafeLength, of: method) ?? 0) >= target - 1
        && (data.value(card.analyses[1], .resolutionKept, of: method) ?? 0) >= 0.9
    }
    let title =
      switch both.count {
      case 0:
        language("No method here both reaches \(data.targetText) and keeps nine tenths of the resolution")
      case 1: language("\(both[0]) reaches \(data.targetText) and keeps nine tenths of the resolution")
      default: language("\(list: both) reach \(data.targetText) and keep nine tenths of the resolution")
      }
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Phase-safe length over target (rule: the target; values beyond 2 stand at 2), share of local resolution kept, logit multiplier at the target (rule: what holds the entropy for the ensemble's σ), resolution kept at the trained length."
        ), data.setting,
      ]),
      alternativeText: language("Dot plots of four properties for \(list: data.methods.map(\.name)). \(title)."),
      panels: panels, columns: 4, aspect: 0.3 + 0.05 * Double(data.methods.count))
  }

  private static func holding(_ data: FigureData) -> (at: Double, label: String)? {
    data.series.lazy.filter { $0.name == card.analyses[2] }.compactMap { $0.summary[.holdingMultiplierAtTarget] }
      .first.map { ($0, data.language("holds entropy")) }
  }
}
