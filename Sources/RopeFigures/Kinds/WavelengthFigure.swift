import RopeAnalysis
import RopeChart

/// Wavelength by pair, with the trained and target length as rules.
public enum WavelengthFigure: FigureKind {
  public static let card = FigureCard(
    id: "wavelength", title: "Wavelength by pair",
    summary:
      "How many tokens each pair needs for a turn, before and after scaling, against the trained and target length.",
    analyses: [Wavelengths.card.id],
    topic: .angles)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let trained = data.baseline(card.analyses[0], "trained") else { return nil }
    let curves = data.lines(card.analyses[0], "after") { $0.ids != ["none"] }
    let incomplete = trained.y.count { $0 > Double(data.trainedLength) }
    let language = data.language
    let title =
      incomplete == 0
      ? language("Every pair completes a turn in the trained \(data.trainedText)")
      : language(
        "\(incomplete) of \(trained.y.count) pairs never complete a turn in the trained \(data.trainedText)")
    let wavelengths = Panel(
      title: language("Wavelength"), x: data.pairAxis,
      y: Axis(
        language("Wavelength (tokens per turn)"), scale: .log2, format: .tokens,
        requiredTicks: [Double(data.trainedLength), Double(data.targetLength)]),
      marks: data.lengthRules(.horizontal) + data.trainedLine(trained) + curves)
    let ratio = data.ratioPanel(
      curves, to: trained, title: language("Against trained"), label: language("Ratio λ′/λ"))
    let first = language("Wavelength λ′ = 2π/θ′ of each rotary pair under each method's plan at the target.")
    let rule = language("Pairs above the trained rule have not shown a full turn in training.")
    let second = language(
      "How many times longer it is than as trained: 1 is untouched, the dashed rule is target over trained.")
    return Figure(
      id: card.id, title: title,
      caption: ratio == nil
        ? language.paragraph([first, data.setting, rule])
        : language.paragraph([data.lettered("a", first), data.setting, rule, data.lettered("b", second)]),
      alternativeText: language("Wavelength against pair index for \(list: data.methods.map(\.name)). \(title)."),
      panels: [wavelengths] + (ratio.map { [$0] } ?? []), columns: 2, aspect: 0.75)
  }
}
