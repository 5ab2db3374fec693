import RopeAnalysis
import RopeChart
import RopeText

/// Entropy of attention against length for isotropic queries and keys: closed form as lines, simulation as points.
public enum AttentionEntropyFigure: FigureKind {
  public static let card = FigureCard(
    id: "attention-entropy", title: "Attention entropy against length",
    summary: "How far attention spreads as keys are added, and what each method's temperature does about it.",
    analyses: [AttentionEntropy.card.id],
    topic: .attention)

  public static func chart(_ data: FigureData) -> Figure? {
    let name = card.analyses[0]
    let shared = data.sharedCurves(name, "closed_form")
    guard let summary = shared.first?.curve.summary, let trained = summary[.entropyAtTrained] else { return nil }
    let sigma = summary[.logitDeviation] ?? .nan
    func isPlain(_ curve: FigureData.SharedCurve) -> Bool {
      abs((curve.curve.summary[.logitDeviationAtTarget] ?? .nan) - sigma) < 1e-9
    }
    func atTarget(_ curve: FigureData.SharedCurve) -> Double { curve.curve.summary[.entropyAtTarget] ?? .nan }
    let isMeasured = summary[.fromMoments] == 1
    let language = data.language
    var marks = data.lengthRules(.vertical)
    marks.append(.rule(Mark.Rule(.horizontal, at: trained, label: language("entropy as trained"))))
    for curve in shared {
      let count = curve.methods.count
      let label = isPlain(curve) && count > 2 ? language("no temperature (\(count) methods)") : nil
      marks.append(data.plainLine(curve, label: label))
      marks += data.simulatedPoints(curve)
    }
    if let points = data.baseline(name, "measured") {
      let shown = points.x.indices.filter { points.x[$0] >= 256 }
      func values(_ list: [Double]) -> [Double] { shown.map { list[$0] } }
      marks.append(
        .points(
          Mark.Series(
            label: "", style: MethodStyles.measured, x: values(points.x), y: values(points.y),
            lower: values(points.lower),
            upper: values(points.upper))))
    }
    let title = title(
      data, isMeasured: isMeasured, trained: trained, plain: shared.first(where: isPlain).map(atTarget),
      best: shared.filter { !isPlain($0) && $0.curve.summary[.logitDeviationAtTarget]?.isFinite == true }.min {
        abs(atTarget($0) - trained) < abs(atTarget($1) - trained)
      }
      .map { ($0, atTarget($0)) })
    let groups = shared.filter { $0.methods.count > 2 }
      .map { language("One curve stands for \(list: $0.names).") }
    let panel = Panel(
      x: data.lengthAxis(language("Context length n (tokens)")), y: Axis(language("Attention entropy (nats)")),
      marks: marks)
    return Figure(
      id: card.id, title: title,
      caption: isMeasured
        ? momentCaption(data, summary)
        : language.paragraph(
          [
            language(
              "Expected entropy of the last query's attention over n keys for isotropic queries and keys with logits of standard deviation σ = \(Wording.number(sigma, digits: 2)) before any temperature. Lines: exact closed form for Gaussian logits; rotation leaves their distribution alone, so methods differ by temperature only."
            ), data.samplingText(name),
          ] + groups + [data.setting]),
      alternativeText: language(
        "Line chart: attention entropy in nats against context length for \(list: data.methods.map(\.name)). \(title)."),
      panels: [panel])
  }

  private static func momentCaption(_ data: FigureData, _ summary: [SummaryKey: Double]) -> String {
    let measured = data.baseline(card.analyses[0], "measured")
    let heads = Wording.tokens(measured?.summary[.heads] ?? .nan)
    let sigma = Wording.number(summary[.logitDeviation] ?? .nan, digits: 2)
    return data.language.paragraph([
      data.language(
        "Expected entropy of the last query's attention over n keys, mean over \(heads) heads, from the measured means and variances of un-rotated queries and keys (σ = \(sigma) about the mean logit). Lines: closed form, exact for Gaussian noise about the mean logit at each distance. Open markers: one sampled row of each head with one standard error. Filled squares: measured on the model itself, mean over heads and four queries with one standard error over heads, under its trained rotation."
      ), data.setting,
    ])
  }

  private static func title(
    _ data: FigureData, isMeasured: Bool, trained: Double, plain: Double?,
    best: (curve: FigureData.SharedCurve, value: Double)?
  ) -> String {
    let language = data.language
    let growth = plain.map { plain -> Message in
      let change = Wording.fixed(abs(plain - trained), decimals: 2)
      if data.targetLength > data.trainedLength {
        return Message(
          "Attention over \(data.targetText) tokens is \(Wording.fixed(plain - trained, decimals: 2)) nats flatter than in training"
        )
      }
      return plain >= trained
        ? Message(
          "Attention without temperature over \(data.targetText) tokens is \(change) nats flatter than as trained")
        : Message(
          "Attention without temperature over \(data.targetText) tokens is \(change) nats sharper than as trained")
    }
    guard let best else { return growth.map { language($0) } ?? language(fixed: card.title) }
    let rest = Wording.fixed(best.value - trained, decimals: 2)
    let isHeld = abs(best.value - trained) < 0.005
    let told = best.curve.told
    guard let growth else {
      let gap = Wording.fixed(abs(best.value - trained), decimals: 2), isOne = best.curve.methods.count == 1
      return switch (isHeld, isOne) {
      case (true, true): language("\(told) holds the trained entropy at \(data.targetText)")
      case (true, false): language("\(told) hold the trained entropy at \(data.targetText)")
      case (false, true): language("\(told) comes within \(gap) nats of the trained entropy at \(data.targetText)")
      case (false, false): language("\(told) come within \(gap) nats of the trained entropy at \(data.targetText)")
      }
    }
    if isMeasured {
      return isHeld
        ? language("\(growth) without scaling, under \(told) as sharp")
        : language("\(growth) without scaling, under \(told) \(rest) nats")
    }
    return isHeld
      ? language("\(growth); the temperature of \(told) undoes it")
      : language("\(growth); the temperature of \(told) leaves \(rest)")
  }
}
