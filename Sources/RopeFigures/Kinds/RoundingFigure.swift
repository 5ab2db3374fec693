import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

/// What products in bfloat16 change of what was measured in float32.
public enum RoundingFigure: FigureKind {
  public static let card = FigureCard(
    id: "rounding", title: "Loss and retrieval in bfloat16 beside float32",
    summary: "What products of numbers rounded to bfloat16 change of a real model's loss and retrieval, by position.",
    analyses: [Measurements.SeriesName.losses, Measurements.SeriesName.retrieval],
    topic: .measured)

  /// A method that was measured in both.
  private struct Pair {
    /// The one in float32, whose name and look it has.
    let method: FigureData.Method
    /// The longest windows; nil where a precision has none that tell positions.
    let losses: (whole: MeasuredLosses, rounded: MeasuredLosses)?
    let rounded: String
  }

  public static func chart(_ data: FigureData) -> Figure? {
    let pairs = data.measurements.roundedMethods.compactMap { label -> Pair? in
      guard let method = data.measured.first(where: { $0.label == label }) else { return nil }
      let rounded = MeasuredVariant.label(label, MeasuredVariant.rounded)
      let both = data.measurements.byPosition(label).flatMap { whole in
        data.measurements.byPosition(rounded).map { (whole: whole, rounded: $0) }
      }
      return Pair(
        method: method, losses: both.flatMap { $0.whole.length == $0.rounded.length ? $0 : nil }, rounded: rounded)
    }
    // Bars of several methods at one place would hide each other.
    let offsets = pairs.indices.offsets
    let losses = zip(pairs, offsets).flatMap { lossMarks($0, data, apart: $1) }
    let retrieval = zip(pairs, offsets).flatMap { retrievalMarks($0, data, apart: $1) }
    guard !losses.isEmpty || !retrieval.isEmpty else { return nil }
    let language = data.language, zero = Mark.rule(Mark.Rule(.horizontal, at: 0, label: "float32"))
    var panels: [Panel] = [], sentences: [String] = []
    if !losses.isEmpty {
      let reached = pairs.compactMap { $0.losses?.whole.buckets.last?.to }.max() ?? 0
      let rules = data.trainedLength < reached ? Array(data.lengthRules(.vertical).prefix(1)) : []
      panels.append(
        Panel(
          title: language("Loss"), x: Axis(language("Position (tokens)"), scale: .log2, format: .tokens),
          y: Axis(language("Loss less that in float32 (nats)")), marks: rules + [zero] + losses))
      sentences.append(
        language(
          "Mean loss with products in bfloat16 less that in float32 on the same blocks of text, averaged over quarter octaves of positions; bars are the 95 % interval over documents, over the blocks of a single one. Methods stand a little apart."
        ))
    }
    if !retrieval.isEmpty {
      panels.append(
        Panel(
          title: language("Retrieval"), x: Axis(language("Depth"), format: .percent, domain: -0.04...1.04),
          y: Axis(language("Share found less that in float32"), format: .percent), marks: [zero] + retrieval))
      sentences.append(
        language(
          "Share of answers found in bfloat16 less that in float32, by the depth at which they stand; bars are the 95 % interval over the same trials. Methods stand a little apart."
        ))
    }
    if sentences.count > 1 { sentences = zip(["a", "b"], sentences).map { data.lettered($0, $1) } }
    let title = title(pairs, data)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph(sentences + [LossByPositionFigure.measuredSetting(data)]),
      alternativeText: language(
        "Line chart: what bfloat16 changes of what was measured in float32, for \(list: pairs.map(\.method.name)). \(title)."
      ),
      panels: panels, columns: 2, aspect: 0.8)
  }

  public static func absence(_ data: FigureData) -> String {
    "it shows a method both in float32 and in bfloat16; add --measured FILE: what evaluate perplexity or evaluate passkey with --beside bfloat16 --format json writes"
  }

  /// From one method to the next: octaves of position, and shares of depth.
  private static let octaves = 0.03, depths = 0.012

  private static func lossMarks(_ pair: Pair, _ data: FigureData, apart: Double) -> [Mark] {
    guard let losses = pair.losses else { return [] }
    let found = LossByPositionFigure.points(losses.whole).compactMap { point in
      MeasuredDifference(losses.rounded, minus: losses.whole, positions: point.from..<point.to).map {
        (x: Double(point.from + point.to) / 2 * .exp2(apart * octaves), y: $0.mean, interval: $0.interval)
      }
    }
    return marks(found, pair, data)
  }

  private static func retrievalMarks(_ pair: Pair, _ data: FigureData, apart: Double) -> [Mark] {
    let cells = data.measurements.retrieval
    let found = Set(cells.filter { $0.method == pair.rounded }.map(\.depth)).sorted().compactMap {
      depth -> (x: Double, y: Double, interval: ClosedRange<Double>?)? in
      let compared = data.measurements.comparedRetrieval(pair.rounded, pair.method.label) { $0.depth == depth }
      guard compared.own.trials > 0, compared.other.trials > 0 else { return nil }
      return (depth + apart * depths, compared.difference, compared.interval)
    }
    return marks(found, pair, data)
  }

  private static func marks(
    _ found: [(x: Double, y: Double, interval: ClosedRange<Double>?)], _ pair: Pair, _ data: FigureData
  ) -> [Mark] {
    guard !found.isEmpty else { return [] }
    var series = Mark.Series(
      label: pair.method.name, style: data.style(of: pair.method), x: found.map(\.x), y: found.map(\.y))
    let line = Mark.line(series)
    guard found.contains(where: { $0.interval != nil }) else { return [line] }
    series.label = ""
    series.lower = found.map { $0.interval?.lowerBound ?? $0.y }
    series.upper = found.map { $0.interval?.upperBound ?? $0.y }
    return [line, .points(series)]
  }

  private static func title(_ pairs: [Pair], _ data: FigureData) -> String {
    let language = data.language
    let found = pairs.compactMap { pair in
      pair.losses.flatMap { losses in
        MeasuredDifference(losses.rounded, minus: losses.whole).map { (name: pair.method.name, difference: $0) }
      }
    }
    func number(_ value: Double) -> String { Wording.number(value, digits: 2) }
    guard let least = found.min(by: { $0.difference.mean < $1.difference.mean }),
      let most = found.max(by: { $0.difference.mean < $1.difference.mean })
    else { return language(fixed: card.title) }
    guard found.count == 1 else {
      let ends = [least, most].map { number($0.difference.mean) }
      guard ends[0] != ends[1] else {
        return language("bfloat16 changes the mean loss by \(ends[0]) nats a token under every method")
      }
      return language(
        "bfloat16 changes the mean loss by \(ends[0]) to \(ends[1]) nats a token, by method"
      )
    }
    guard let interval = least.difference.interval else {
      return language(
        "bfloat16 changes the mean loss of \(least.name) by \(number(least.difference.mean)) nats a token")
    }
    return language(
      "bfloat16 changes the mean loss of \(least.name) by \(number(least.difference.mean)) nats a token (95 %: \(number(interval.lowerBound)) to \(number(interval.upperBound)))"
    )
  }
}
