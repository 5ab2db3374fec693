import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

/// Measured retrieval: a map of depth and length for each method.
public enum PasskeyMapFigure: FigureKind {
  public static let card = FigureCard(
    id: "passkey-map", title: "Measured retrieval by length and depth",
    summary: "Whether a real model finds what is hidden in a long text, by length and depth, a map a method.",
    analyses: [Measurements.SeriesName.retrieval],
    topic: .measured)

  public static func chart(_ data: FigureData) -> Figure? {
    let cells = data.measurements.retrieval
    let methods = data.measured.filter { method in cells.contains { $0.method == method.label } }
    guard !methods.isEmpty else { return nil }
    let lengths = Set(cells.map(\.length)).sorted(), depths = Set(cells.map(\.depth)).sorted()
    // The loss says more than the count, where it was measured everywhere.
    let losses = cells.compactMap(\.nll)
    let showsLoss = losses.count == cells.count
    let domain = showsLoss ? 0...max(1, losses.max() ?? 1) : 0...1
    let language = data.language
    let panels = methods.map { method in
      let own = depths.flatMap { depth in
        lengths.map { length in cells.first { $0.method == method.label && $0.length == length && $0.depth == depth } }
      }
      return Panel(
        title: method.name,
        x: Axis(language("Length (tokens)"), scale: .categories(lengths.map { TokenCount.label($0) })),
        y: Axis(language("Depth"), scale: .categories(depths.map { data.percent($0, digits: 3) })),
        marks: [
          .cells(
            Mark.Cells(
              xEdges: edges(lengths.count), yEdges: edges(depths.count),
              values: own.map { cell in
                guard let cell else { return .nan }
                return showsLoss ? cell.nll ?? .nan : Double(cell.correct) / Double(max(1, cell.trials))
              },
              domain: domain, label: showsLoss ? language("Loss of the answer (nats)") : language("Share found"),
              format: showsLoss ? .number : .percent,
              texts: own.map { $0.map { "\($0.correct)/\($0.trials)" } ?? "" }))
        ])
    }
    let title = title(data, methods)
    let trials = cells.map(\.trials)
    let fewest = trials.min() ?? 0, most = trials.max() ?? 0
    let each = fewest == most ? "\(most)" : language("\(fewest) to \(most)")
    let found =
      most == 1 && fewest == 1
      ? language(
        "What was hidden in a text, asked for at its end: how many of 1 trial gave the whole answer, by length of the text and depth at which it stood (0 % is the beginning)."
      )
      : language(
        "What was hidden in a text, asked for at its end: how many of \(each) trials gave the whole answer, by length of the text and depth at which it stood (0 % is the beginning)."
      )
    let colour =
      showsLoss
      ? language("Colour: summed loss of the answer's tokens, mean over trials; dark is found, light is missed.")
      : language("Colour: share of trials that found it.")
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([found, colour, LossByPositionFigure.measuredSetting(data, of: .retrieval)]),
      alternativeText: language(
        "Maps of depth against length, one for each of \(list: methods.map(\.name)). \(title)."),
      panels: panels, columns: min(4, panels.count), aspect: 0.8)
  }

  public static func absence(_ data: FigureData) -> String {
    data.missing("retrieval by depth", columns: "method,length,depth,correct,trials", command: "evaluate passkey")
  }

  private static func edges(_ count: Int) -> [Double] { (0...count).map { Double($0) - 0.5 } }

  private static func title(_ data: FigureData, _ methods: [FigureData.Method]) -> String {
    let cells = data.measurements.retrieval
    let beyond = Set(cells.map(\.length)).filter { $0 > data.trainedLength }
    let lengths = beyond.isEmpty ? Set(cells.map(\.length)) : beyond
    let found = methods.map { method in
      let own = cells.filter { $0.method == method.label && lengths.contains($0.length) }
      let share = MeasuredProportion(
        successes: own.map(\.correct).reduce(0, +), trials: own.map(\.trials).reduce(0, +))
      return (label: method.label, name: method.name, share: share)
    }.filter { $0.share.trials > 0 }.sorted { $0.share.share > $1.share.share }
    let language = data.language
    guard let best = found.first, let worst = found.last else { return language(fixed: card.title) }
    func text(_ share: MeasuredProportion) -> String { language("\(share.successes) of \(share.trials)") }
    func placed(_ finding: Message) -> String {
      let sentence = beyond.isEmpty ? language(finding) : language("Beyond the trained \(data.trainedText), \(finding)")
      return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
    guard found.count > 1 else { return placed("\(best.name) finds \(text(best.share))") }
    func isToldApart(_ label: String) -> Bool {
      data.measurements.comparedRetrieval(best.label, label) { lengths.contains($0.length) }.isSeparated
    }
    let last = text(worst.share)
    if found.allSatisfy({ $0.share == best.share }) { return placed("each of \(found.count) methods finds \(last)") }
    guard isToldApart(worst.label) else {
      return placed(
        "\(best.name) finds \(text(best.share)), \(worst.name) \(last): too few trials to tell them apart")
    }
    // Those that found as little as the last one.
    let least = found.filter { $0.share == worst.share }.map(\.name)
    let low: Message =
      switch least.count {
      case 1: "\(worst.name) finds \(last)"
      case 2, 3: "\(list: least.map { "\($0)" }) find \(last)"
      default: "\(least.count) methods find \(last)"
      }
    let equal = found.dropFirst().filter { !isToldApart($0.label) }
    let most = Message("\(best.name) (\(text(best.share)))")
    switch equal.count {
    case 0: return placed("\(most) finds most, \(low)")
    case 1, 2:
      let others = equal.map { Message("\($0.name) (\(text($0.share)))") }
      return placed("\(most) finds most, not told apart from \(list: others); \(low)")
    default: return placed("\(most) finds most, not told apart from \(equal.count) others; \(low)")
    }
  }
}
