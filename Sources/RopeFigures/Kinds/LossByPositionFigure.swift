import RealModule
import RopeAnalysis
import RopeChart
import RopeMath

/// Measured perplexity against the position in the window.
public enum LossByPositionFigure: FigureKind {
  public static let card = FigureCard(
    id: "loss-by-position", title: "Measured perplexity by position",
    summary:
      "What a real model loses at each position of a long window under each method, with the error of the measurement.",
    analyses: [Measurements.SeriesName.losses],
    topic: .measured)

  /// Bands of more methods than this hide each other; the errors of the differences stay.
  private static let bandLimit = 3

  public static func chart(_ data: FigureData) -> Figure? {
    let curves = data.measured.compactMap { method in
      data.measurements.byPosition(method.label).map { (method: method, losses: $0, points: points($0)) }
    }
    guard !curves.isEmpty else { return nil }
    let showsBands = curves.count <= bandLimit && curves.contains { $0.points.contains { $0.standardError != nil } }
    let marks = curves.flatMap { curve -> [Mark] in
      var series = Mark.Series(
        label: curve.method.name, style: data.style(of: curve.method),
        x: curve.points.map { Double($0.from + $0.to) / 2 },
        y: curve.points.map { .exp($0.nll) })
      let line = Mark.line(series)
      guard showsBands else { return [line] }
      series.label = ""
      series.lower = curve.points.map { .exp($0.nll - ($0.standardError ?? 0)) }
      series.upper = curve.points.map { .exp($0.nll + ($0.standardError ?? 0)) }
      return [.band(series), line]
    }
    let reached = curves.flatMap { $0.points.map(\.to) }.max() ?? data.trainedLength
    let rules = data.trainedLength < reached ? Array(data.lengthRules(.vertical).prefix(1)) : []
    let title = title(data, curves.map(\.losses), reached: reached)
    let windows = curves.compactMap(\.losses.windows)
    let from = windows.min().flatMap { low in
      windows.max().map { low == $0 ? "\(low) window\(low == 1 ? "" : "s")" : "\(low) to \($0) windows" }
    }
    let position = Axis(
      "Position (tokens)", scale: .log2, format: .tokens,
      requiredTicks: data.trainedLength < reached ? [Double(data.trainedLength)] : [])
    var panels = [Panel(x: position, y: Axis("Perplexity", scale: .log10), marks: rules + marks)]
    var second = ""
    if let reference = curves.min(by: { $0.losses.nll < $1.losses.nll }),
      case let differences = curves.filter({ $0.method != reference.method }).flatMap({
        differences($0.losses, reference.losses, of: $0.method, data)
      }),
      !differences.isEmpty
    {
      let name = reference.method.name
      panels[0].title = "Perplexity"
      panels.append(
        Panel(
          title: "Difference", x: position,
          y: Axis("Loss less that of \(name) (nats)", domain: differenceDomain(differences)),
          marks: rules + [.rule(Mark.Rule(.horizontal, at: 0, label: name))] + differences))
      second =
        " (b) Mean loss less that of \(name) on the same blocks of text, with one standard error: what all methods "
        + "find hard falls out; a curve that breaks away leaves the frame."
    }
    return Figure(
      id: card.id, title: title,
      caption:
        "\(second.isEmpty ? "" : "(a) ")Perplexity of the next token (exponential of the mean loss) against its position in the "
        + "window, measured \(from.map { "over \($0) " } ?? "")and averaged over quarter octaves."
        + "\(showsBands ? " Bands: one standard error." : "")\(second) \(measuredSetting(data))",
      alternativeText:
        "Line chart: measured perplexity against position for \(Wording.list(curves.map(\.method.name))). \(title).",
      panels: panels, columns: 2, aspect: 0.8)
  }

  public static func absence(_ data: FigureData) -> String {
    data.missing(
      "losses by position (windows of more than 512 tokens)", columns: "method,position,nll[,stderr]",
      command: "evaluate perplexity")
  }

  /// Where one method breaks away, the range of the others, so that they can be told apart; else the data's.
  private static func differenceDomain(_ marks: [Mark]) -> ClosedRange<Double>? {
    let lines = marks.compactMap { mark -> [Double]? in if case .line(let series) = mark { series.y } else { nil } }
    let tops = lines.compactMap { $0.max() }.sorted()
    guard let low = lines.compactMap({ $0.min() }).min(), let last = tops.last, tops.count > 1 else { return nil }
    let next = tops[tops.count - 2]
    guard next > 0, last > 1.5 * next else { return nil }
    return min(1.15 * low, -0.05 * next)...1.15 * next
  }

  /// The paired differences of a method from the reference in each quarter octave, as a line with bars.
  private static func differences(
    _ own: MeasuredLosses, _ reference: MeasuredLosses, of method: FigureData.Method, _ data: FigureData
  ) -> [Mark] {
    let found = points(own).compactMap { point -> (x: Double, difference: MeasuredDifference)? in
      MeasuredDifference(own, minus: reference, positions: point.from..<point.to).map {
        (Double(point.from + point.to) / 2, $0)
      }
    }
    guard own.length == reference.length, !found.isEmpty else { return [] }
    let style = data.style(of: method)
    var series = Mark.Series(label: method.name, style: style, x: found.map(\.x), y: found.map(\.difference.mean))
    let line = Mark.line(series)
    let errors = found.map { $0.difference.standardError.isFinite ? $0.difference.standardError : 0 }
    guard errors.contains(where: { $0 > 0 }) else { return [line] }
    series.label = ""
    series.lower = zip(series.y, errors).map { $0 - $1 }
    series.upper = zip(series.y, errors).map { $0 + $1 }
    return [line, .points(series)]
  }

  /// The model and the texts that were measured.
  static func measuredSetting(_ data: FigureData) -> String {
    let texts = data.measurements.sources.compactMap(\.text).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let names = texts.isEmpty ? data.measurements.sources.map(\.name) : texts
    let read = names.isEmpty ? "" : ", \(texts.isEmpty ? "from" : "reading") \(Wording.list(names))"
    return "\(data.modelName), trained to \(Wording.whole(data.trainedLength)) tokens\(read)."
  }

  /// Buckets whose middles lie in the same quarter octave as one.
  private static func points(_ losses: MeasuredLosses) -> [MeasuredLosses.Bucket] {
    var groups: [(octave: Int, buckets: [MeasuredLosses.Bucket])] = []
    for bucket in losses.buckets {
      let middle = max(1, Double(bucket.from + bucket.to) / 2)
      let octave = Int((4 * Double.log2(middle)).rounded(.down))
      if groups.last?.octave == octave {
        groups[groups.count - 1].buckets.append(bucket)
      } else {
        groups.append((octave, [bucket]))
      }
    }
    return groups.compactMap { MeasuredLosses.joined($0.buckets) }
  }

  private static func title(_ data: FigureData, _ losses: [MeasuredLosses], reached: Int) -> String {
    let isBeyond = reached > data.trainedLength + 1
    let range = isBeyond ? data.trainedLength..<reached : 0..<reached
    let ranking = MeasuredRanking(losses, positions: range)
    let place = isBeyond ? "Beyond the trained \(data.trainedText)" : "Up to \(TokenCount.label(reached))"
    func name(_ label: String) -> String { data.measured.first { $0.label == label }?.name ?? label }
    func perplexity(_ entry: MeasuredRanking.Entry) -> String { Wording.number(.exp(entry.nll)) }
    guard let best = ranking.best else { return "Measured perplexity by position" }
    guard ranking.entries.count > 1, let worst = ranking.entries.last else {
      return "\(place), \(name(best.method)) has a perplexity of \(perplexity(best))"
    }
    guard worst.isSeparated else {
      return "\(place), no two methods are told apart: perplexity \(perplexity(best)) to \(perplexity(worst))"
    }
    let leaders = ranking.leaders
    let front =
      leaders.count == 1
      ? "\(name(best.method)) has the lowest perplexity (\(perplexity(best)))"
      : leaders.count <= 3
        ? "\(Wording.list(leaders.map { name($0.method) })) share the lowest perplexity (\(perplexity(best)))"
        : "\(leaders.count) methods share the lowest perplexity (\(perplexity(best)))"
    return "\(place), \(front); \(name(worst.method)) has \(perplexity(worst))"
  }
}
