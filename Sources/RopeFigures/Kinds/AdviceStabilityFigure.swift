import RopeAnalysis
import RopeChart

/// Which method's temperature is nearest to holding the entropy, over σ and the context length.
public enum AdviceStabilityFigure: FigureKind {
  public static let card = FigureCard(
    id: "advice-stability", title: "Choice by temperature over σ and length",
    summary: "Over which σ of the logits, and up to which length, a choice of method by its temperature stands.",
    analyses: [AdviceStability.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    let regions = regions(data)
    guard !regions.isEmpty, let here = data.baseline(name, "here"), let length = here.x.first, let sigma = here.y.first
    else { return nil }
    let bands = regions.flatMap { region -> [Mark] in
      var style = data.style(of: region.methods[0])
      style.marker = .none
      let outline = steps(region.curve)
      return [
        .band(
          Mark.Series(
            label: "", style: style, x: outline.x, y: outline.lower, lower: outline.lower, upper: outline.upper)),
        .line(
          Mark.Series(
            label: "", style: style, x: outline.x,
            y: outline.lower.map { $0 > AdviceStability.deviations.lowerBound ? $0 : .nan })),
      ]
    }
    // Where a temperature is just right, as a line through its region.
    let exact = regions.compactMap { region -> Mark? in
      guard let curve = data.series(name, "exact", method: region.methods[0].label), curve.y.contains(where: \.isFinite)
      else { return nil }
      var style = data.style(of: region.methods[0])
      style.marker = .none
      style.dash = [5, 2]
      return .line(Mark.Series(label: "", style: style, x: curve.x, y: curve.y))
    }
    let notes = regions.compactMap { region -> Mark? in
      centre(region.curve).map { .note(Mark.Note(x: $0.x, y: $0.y, text: region.label)) }
    }
    var point = MethodStyles.measured
    point.key = "here"
    let language = data.language
    let title = title(data, regions, length: length, sigma: sigma)
    let ties = regions.filter { $0.methods.count > 2 }.map { language("\($0.label): \(list: $0.names).") }
    let first = regions[0].curve.x.first ?? length, last = regions[0].curve.x.last ?? length
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph(
        [
          language(
            "The method whose logit multiplier is nearest, by ratio, to the one that holds the entropy of Gaussian logits of standard deviation σ, among those that are phase-safe at the length, have fixed frequencies, keep nine tenths of the resolution and can be used without training; each is set for the length. Multipliers within 1 % count as one. Dashed: where the temperature of a region’s first method holds the entropy exactly. Square: the target and the σ of this run."
          ),
          language(
            "The adviser does not choose by it: no measurement at hand bears out that held entropy lowers the loss."),
        ] + ties + [data.setting]),
      alternativeText: language("Regions of σ against context length for \(list: regions.map(\.label)). \(title)."),
      panels: [
        Panel(
          x: data.lengthAxis(language("Context length (tokens)"), domain: first / edge...last * edge),
          y: Axis(language("σ of the logits (nats)"), domain: AdviceStability.deviations),
          marks: bands + exact + [
            .rule(Mark.Rule(.vertical, at: Double(data.targetLength), label: language("target \(data.targetText)"))),
            .points(Mark.Series(label: "", style: point, x: [length], y: [sigma])),
          ] + notes)
      ], aspect: 0.6)
  }

  /// Half of a column's width, as a factor.
  private static let edge = 1.0905

  /// Every method that is chosen somewhere, those with the same region together, shown in other figures or not.
  private static func regions(_ data: FigureData) -> [FigureData.SharedCurve] {
    var regions: [FigureData.SharedCurve] = []
    for (method, curve) in data.everyCurve(card.analyses[0], "region") {
      let place = regions.firstIndex { other in
        zip(other.curve.y, curve.y).allSatisfy { abs($0 - $1) <= 1e-9 || ($0.isNaN && $1.isNaN) }
      }
      if let place {
        regions[place].methods.append(method)
      } else {
        regions.append(.init(methods: [method], curve: curve, language: data.language))
      }
    }
    return regions
  }

  /// Each length's range as wide as half the way to the next ones.
  private static func steps(_ curve: AnalysisSeries) -> (x: [Double], lower: [Double], upper: [Double]) {
    var outline = (x: [Double](), lower: [Double](), upper: [Double]())
    for index in curve.x.indices {
      let before = index > 0 ? (curve.x[index - 1] * curve.x[index]).squareRoot() : curve.x[index] / edge
      let after = index + 1 < curve.x.count ? (curve.x[index] * curve.x[index + 1]).squareRoot() : curve.x[index] * edge
      outline.x += [before, after]
      outline.lower += [curve.lower[index], curve.lower[index]]
      outline.upper += [curve.upper[index], curve.upper[index]]
    }
    return outline
  }

  /// The middle of the column where the region is widest.
  private static func centre(_ curve: AnalysisSeries) -> (x: Double, y: Double)? {
    let columns = curve.x.indices.filter { curve.y[$0].isFinite }
    guard let widest = columns.map({ curve.upper[$0] - curve.lower[$0] }).max() else { return nil }
    let wide = columns.filter { curve.upper[$0] - curve.lower[$0] > 0.6 * widest }
    let middle = wide[wide.count / 2]
    return (curve.x[middle], curve.y[middle])
  }

  private static func title(
    _ data: FigureData, _ regions: [FigureData.SharedCurve], length: Double, sigma: Double
  ) -> String {
    let there = regions.compactMap { region -> (label: String, range: ClosedRange<Double>)? in
      guard let column = region.curve.x.firstIndex(of: length), region.curve.lower[column].isFinite else { return nil }
      return (region.told, region.curve.lower[column]...region.curve.upper[column])
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let language = data.language
    guard !there.isEmpty else {
      return language("No method here can be chosen by its temperature at \(data.targetText)")
    }
    guard there.count > 1 else {
      return language(
        "At \(data.targetText) the temperature of \(there[0].label) is nearest for every σ from 1 to 3")
    }
    guard let own = there.first(where: { $0.range.contains(min(max(sigma, 1), 3)) }) else {
      return language(fixed: card.title)
    }
    return language(
      "At \(data.targetText) the temperature of \(own.label) is nearest for σ from \(Wording.number(own.range.lowerBound, digits: 2)) to \(Wording.number(own.range.upperBound, digits: 2))"
    )
  }
}
