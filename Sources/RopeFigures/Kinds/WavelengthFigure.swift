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
    let title =
      incomplete == 0
      ? "Every pair completes a turn in the trained \(data.trainedText)"
      : "\(incomplete) of \(trained.y.count) pairs never complete a turn in the trained \(data.trainedText)"
    let wavelengths = Panel(
      title: "Wavelength", x: data.pairAxis,
      y: Axis(
        "Wavelength (tokens per turn)", scale: .log2, format: .tokens,
        requiredTicks: [Double(data.trainedLength), Double(data.targetLength)]),
      marks: data.lengthRules(.horizontal) + data.trainedLine(trained) + curves)
    let ratio = data.ratioPanel(curves, to: trained, title: "Against trained", label: "Ratio λ′/λ")
    return Figure(
      id: card.id, title: title,
      caption:
        "\(ratio == nil ? "" : "(a) ")Wavelength λ′ = 2π/θ′ of each rotary pair under each method's plan at the target. \(data.setting) Pairs above the trained rule have not shown a full turn in training.\(ratio == nil ? "" : " (b) How many times longer it is than as trained: 1 is untouched, the dashed rule is target over trained.")",
      alternativeText: "Wavelength against pair index for \(Wording.list(data.methods.map(\.name))). \(title).",
      panels: [wavelengths] + (ratio.map { [$0] } ?? []), columns: 2, aspect: 0.75)
  }
}
