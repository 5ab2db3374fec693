import RopeAnalysis
import RopeChart

/// Signal against noise: the score of a matching key by distance, and how likely it wins among all keys.
public enum SignalNoiseFigure: FigureKind {
  public static let card = FigureCard(
    id: "signal-noise", title: "Chance that the right key wins",
    summary:
      "How likely a matching key has the largest score of all, by distance and method, beside what was measured.",
    analyses: [SignalNoise.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    let shared = data.sharedCurves(name, "retrieval", tolerance: 0.005)
    guard let first = shared.first else { return nil }
    let measured = measuredMarks(data, shared)
    // A method's marker stands for what was measured where something was, else for what was sampled.
    let lines =
      shared.map { data.plainLine($0) } + (measured.isEmpty ? shared.flatMap { data.simulatedPoints($0) } : [])
    let last = Double(data.targetLength)
    let language = data.language
    let x = data.lengthAxis(
      language("Distance of the key (tokens)"), domain: max(1, min(Double(data.trainedLength), last) / 64)...last)
    let ends = shared.compactMap { curve in curve.curve.summary[.meanChance].map { (label: curve.told, chance: $0) }
    }
    .filter(\.chance.isFinite)
    let best = ends.max { $0.chance < $1.chance }, worst = ends.min { $0.chance < $1.chance }
    let title =
      best.flatMap { best in
        worst.map { worst in
          worst.label == best.label
            ? language(
              "Over all distances to \(data.targetText) the right key wins in \(data.percent(best.chance)) of the cases"
            )
            : language(
              "Over all distances to \(data.targetText) the right key wins in \(data.percent(best.chance)) of the cases under \(best.label), in \(data.percent(worst.chance)) under \(worst.label)"
            )
        }
      } ?? language(fixed: card.title)
    let signal = signalMarks(data, shared)
    let strength = Wording.number(first.curve.summary[.strength] ?? .nan, digits: 2)
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        data.lettered(
          "a",
          language(
            "Mean score of a matching key and one standard deviation about it, in standard deviations of a random key’s score, under the methods for which it wins most and least often; rule: what the largest of the target’s \(data.targetText) keys scores on average."
          )),
        data.lettered(
          "b",
          language(
            "Chance that the matching key has the largest score among the keys of the target, mean over a half octave.")
        ),
        language(
          "A model of a head that reads content: independent Gaussian features, the match in the slowest quarter of the pairs, its strength c = \(strength) set so that as trained it wins nine times in ten, or as often as it can, over the trained \(data.trainedText). Temperature moves no winner, and unseen angles are not held against a method."
        ), language.paragraph(data.membersText(shared)),
        measured.isEmpty
          ? data.samplingText(name)
          : language(
            "Points and bars: share found in the measured retrieval, all lengths, at the distance of what was hidden, methods a little apart, with its 95 % interval."
          ), data.setting,
      ]),
      alternativeText: language(
        "Score of a matching key against distance, and chance that it wins, for \(list: shared.map(\.label)). \(title)."
      ),
      panels: [
        Panel(
          title: language("Signal and noise"), x: x, y: Axis(language("Score (deviations of a random key)")),
          marks: data.lengthRules(.vertical) + signal, labelsSeries: true),
        Panel(
          title: language("Chance that it wins"), x: x, y: Axis(language("Chance"), format: .percent, domain: 0...1.02),
          marks: data.lengthRules(.vertical) + lines + measured),
      ], columns: 2, aspect: 0.75)
  }

  /// The matched score of the method that loses most and of the one that loses least, and the largest random score.
  private static func signalMarks(_ data: FigureData, _ shared: [FigureData.SharedCurve]) -> [Mark] {
    let ranked = shared.sorted { ($0.curve.summary[.meanChance] ?? 0) < ($1.curve.summary[.meanChance] ?? 0) }
    let shown = [ranked.first, ranked.count > 1 ? ranked.last : nil].compactMap { $0 }
    let keys = shared.compactMap { $0.curve.summary[.keys] }.max() ?? Double(data.targetLength)
    let largest = data.language("largest random key")
    return [.rule(Mark.Rule(.horizontal, at: SignalNoise.largestScore(keys: keys), label: largest))]
      + shown.flatMap { curve -> [Mark] in
        guard let mean = data.series(card.analyses[0], "mean", method: curve.methods[0].label),
          let spread = data.series(card.analyses[0], "deviation", method: curve.methods[0].label)
        else { return [] }
        var style = data.style(of: curve.methods[0])
        style.marker = .none
        return [
          .band(
            Mark.Series(
              label: "", style: style, x: mean.x, y: mean.y, lower: zip(mean.y, spread.y).map { $0 - $1 },
              upper: zip(mean.y, spread.y).map { $0 + $1 })),
          .line(Mark.Series(label: curve.label, style: style, x: mean.x, y: mean.y)),
        ]
      }
  }

  /// Octaves between two methods' points of one distance.
  private static let spread = 0.12

  /// Measured shares found, at the distance between what was hidden and the end of the text.
  private static func measuredMarks(_ data: FigureData, _ shared: [FigureData.SharedCurve]) -> [Mark] {
    let found = data.methods.compactMap {
      method -> (method: FigureData.Method, cells: [MeasuredRetrieval])? in
      guard
        let own = data.measured.first(where: { $0.label == method.label || ($0.ids == method.ids && !$0.ids.isEmpty) })
      else { return nil }
      let cells = data.measurements.retrieval.filter { $0.method == own.label && $0.trials > 0 && $0.depth < 1 }
      return cells.isEmpty ? nil : (method, cells)
    }
    return zip(found, found.indices.offsets).map { own, offset in
      // Methods that found the same share at the same distance stand a little apart.
      let apart = Double.exp2(offset * spread)
      // The look of a curve names its first method; the points of another one are named themselves.
      let isNamed = shared.contains { $0.methods[0].label == own.method.label }
      let shares = own.cells.map { MeasuredProportion(successes: $0.correct, trials: $0.trials) }
      return .points(
        Mark.Series(
          label: isNamed ? "" : own.method.name, style: data.style(of: own.method),
          x: own.cells.map { max(1, (1 - $0.depth) * Double($0.length)) * apart }, y: shares.map(\.share),
          lower: shares.map(\.interval.lowerBound), upper: shares.map(\.interval.upperBound)))
    }
  }
}
