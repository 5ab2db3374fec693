import RealModule
import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

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
    let language = data.language
    let position = Axis(
      language("Position (tokens)"), scale: .log2, format: .tokens,
      requiredTicks: data.trainedLength < reached ? [Double(data.trainedLength)] : [])
    var panels = [Panel(x: position, y: Axis(language("Perplexity"), scale: .log10), marks: rules + marks)]
    var second = ""
    if let reference = curves.min(by: { $0.losses.nll < $1.losses.nll }),
      case let differences = curves.filter({ $0.method != reference.method }).flatMap({
        differences($0.losses, reference.losses, of: $0.method, data)
      }),
      !differences.isEmpty
    {
      let name = reference.method.name
      panels[0].title = language("Perplexity")
      panels.append(
        Panel(
          title: language("Difference"), x: position,
          y: Axis(language("Loss less that of \(name) (nats)"), domain: differenceDomain(differences)),
          marks: rules + [.rule(Mark.Rule(.horizontal, at: 0, label: name))] + differences))
      let hasErrors = differences.contains { if case .points = $0 { true } else { false } }
      second = data.lettered(
        "b",
        hasErrors
          ? language(
            "Mean loss less that of \(name) on the same blocks of text, with one standard error: what all methods find hard falls out; a curve that breaks away leaves the frame."
          )
          : language(
            "Mean loss less that of \(name) on the same blocks of text: what all methods find hard falls out; a curve that breaks away leaves the frame."
          ))
    }
    let first = measured(over: curves.compactMap(\.losses.windows), language)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        second.isEmpty ? first : data.lettered("a", first), showsBands ? language("Bands: one standard error.") : "",
        second, measuredSetting(data, of: .losses),
      ]),
      alternativeText: language(
        "Line chart: measured perplexity against position for \(list: curves.map(\.method.name)). \(title)."),
      panels: panels, columns: 2, aspect: 0.8)
  }

  /// What the curves are, and over how many windows each was measured.
  private static func measured(over windows: [Int], _ language: Language) -> String {
    guard let least = windows.min(), let most = windows.max() else {
      return language(
        "Perplexity of the next token (exponential of the mean loss) against its position in the window, measured and averaged over quarter octaves."
      )
    }
    if most == 1 {
      return language(
        "Perplexity of the next token (exponential of the mean loss) against its position in the window, measured over 1 window and averaged over quarter octaves."
      )
    }
    return least == most
      ? language(
        "Perplexity of the next token (exponential of the mean loss) against its position in the window, measured over \(least) windows and averaged over quarter octaves."
      )
      : language(
        "Perplexity of the next token (exponential of the mean loss) against its position in the window, measured over \(least) to \(most) windows and averaged over quarter octaves."
      )
  }

  public static func absence(_ data: FigureData) -> String {
    data.missing(
      "losses by position (windows of more than 512 tokens)", columns: "method,position,nll[,stderr]",
      command: "evaluate perplexity")
  }

  /// Where one method breaks away, or fewer than half of them do by far, the range of the others with their errors, so
  /// that they can be told apart; else the data's.
  private static func differenceDomain(_ marks: [Mark]) -> ClosedRange<Double>? {
    let lines = marks.compactMap { mark -> Mark.Series? in if case .line(let series) = mark { series } else { nil } }
      .sorted { ($0.y.max() ?? 0) < ($1.y.max() ?? 0) }
    let heights = lines.map { $0.y.max() ?? 0 }
    /// How many times as high the first of the last curves rises as the one before them.
    func jump(_ first: Int) -> Double { heights[first - 1] > 0 ? heights[first] / heights[first - 1] : 0 }
    let several = (lines.count / 2 + 1..<max(lines.count, lines.count / 2 + 1)).filter { jump($0) > 4 }
    guard lines.count > 1,
      let first = several.max(by: { jump($0) < jump($1) }) ?? (jump(lines.count - 1) > 1.5 ? lines.count - 1 : nil)
    else { return nil }
    let away = lines[first...], keys = Set(away.map(\.style.key))
    let others = marks.compactMap(\.lineOrPoints).filter { !keys.contains($0.style.key) }.flatMap(\.heights)
    guard let high = others.max(), let low = (others + away.compactMap { $0.y.min() } + [0]).min(),
      away.allSatisfy({ $0.y.max() ?? 0 > high })
    else { return nil }
    return low - 0.06 * (high - low)...high + 0.06 * (high - low)
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
  ///
  /// - Parameter content: what is drawn; nil for all that was measured.
  static func measuredSetting(_ data: FigureData, of content: EvaluationSetting.Content? = nil) -> String {
    let sources = data.measurements.sources.filter { content == nil || $0.content == nil || $0.content == content }
    // A record of several texts lists them with commas.
    let texts = sources.compactMap(\.text).flatMap { $0.split(separator: ", ").map(String.init) }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let language = data.language, trained = Wording.whole(data.trainedLength)
    let names = sources.compactMap(\.name)
    if !texts.isEmpty {
      return language("\(data.modelName), trained to \(trained) tokens, reading \(list: texts).")
    }
    return names.isEmpty
      ? language("\(data.modelName), trained to \(trained) tokens.")
      : language("\(data.modelName), trained to \(trained) tokens, from \(list: names).")
  }

  /// Buckets whose middles lie in the same quarter octave as one.
  static func points(_ losses: MeasuredLosses) -> [MeasuredLosses.Bucket] {
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
    let language = data.language
    let place =
      isBeyond ? Message("Beyond the trained \(data.trainedText)") : Message("Up to \(TokenCount.label(reached))")
    func name(_ label: String) -> String { data.measured.first { $0.label == label }?.name ?? label }
    func perplexity(_ entry: MeasuredRanking.Entry) -> String { Wording.number(.exp(entry.nll)) }
    guard let best = ranking.best else { return language(fixed: card.title) }
    guard ranking.entries.count > 1, let worst = ranking.entries.last else {
      return language("\(place), \(name(best.method)) has a perplexity of \(perplexity(best))")
    }
    // Without errors nothing can be told apart, and nothing said to be alike.
    guard ranking.entries.dropFirst().contains(where: { $0.excess?.standardError.isFinite ?? false }) else {
      return language(
        "\(place), \(name(best.method)) has the lowest perplexity (\(perplexity(best))), \(name(worst.method)) the highest (\(perplexity(worst)))"
      )
    }
    guard worst.isSeparated else {
      return language(
        "\(place), no two methods are told apart: perplexity \(perplexity(best)) to \(perplexity(worst))")
    }
    let leaders = ranking.leaders
    let last = name(worst.method), high = perplexity(worst), low = perplexity(best)
    switch leaders.count {
    case 1:
      return language("\(place), \(name(best.method)) has the lowest perplexity (\(low)); \(last) has \(high)")
    case 2, 3:
      let others = leaders.dropFirst().map { Message("\(name($0.method)) (\(perplexity($0)))") }
      return language(
        "\(place), \(name(best.method)) has the lowest perplexity (\(low)), not told apart from \(list: others); \(last) has \(high)"
      )
    default:
      return language(
        "\(place), \(name(best.method)) has the lowest perplexity (\(low)), not told apart from \(leaders.count - 1) others; \(last) has \(high)"
      )
    }
  }
}
