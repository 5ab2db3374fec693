import RealModule
import RopeText

/// The claims of the controlled study of Lu et al. (arXiv 2409.12181) that a measurement without training can test, and
/// this project's own, each with its tests on the measurements at hand.
///
/// Losses of texts and of tasks' answers are compared over documents (Student's t over the documents' mean paired differences),
/// retrieval on the same trials (McNemar's exact test); P values are adjusted by Holm over all tests of all claims. What is
/// not told apart is undecided.
public struct StudyClaims {
  /// Losses closer than this count as the same, nats per token: 5 % of perplexity. The project's own bound.
  public static let margin = 0.05
  /// What still counts as fluent beside the best frozen methods, nats per token: 10 % of perplexity. The project's own.
  public static let fluencyMargin = 0.1

  private let measurements: Measurements
  private let trainedLength: Int
  private let method: (StudyMethod) -> String?
  private let name: (String) -> String

  /// - Parameters:
  ///   - method: the measured label of a method: `yarn:factor=2` for `yarn`; nil where it was not measured.
  ///   - name: what sentences call a label.
  public init(
    _ measurements: Measurements, trainedLength: Int, method: @escaping (StudyMethod) -> String?,
    name: @escaping (_ label: String) -> String
  ) {
    self.measurements = measurements
    self.trainedLength = trainedLength
    self.method = method
    self.name = name
  }

  public var all: [StudyClaim] {
    var claims = [
      indicator, approximateAttention, extrapolation, shortText, kept, beatsInterpolation, fluentWithoutRetrieval,
      temperature, staleKeys,
    ]
    var adjusted = Multiplicity.holm(claims.flatMap { $0.tests.map(\.p) })[...]
    for claim in claims.indices {
      for test in claims[claim].tests.indices {
        claims[claim].tests[test].adjusted = adjusted.removeFirst()
      }
    }
    return claims
  }

  // MARK: Claims of the published study

  /// Its first: perplexity orders methods as retrieval does.
  private var indicator: StudyClaim {
    let found = correlation("rank correlation of loss with share found, beyond the trained length", .below(0)) {
      label in
      let cells = measurements.retrieval.filter { $0.method == label && $0.length > trainedLength }
      guard !cells.isEmpty else { return nil }
      return MeasuredProportion(
        successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +)
      ).share
    }
    let scored = tasks.map { task in
      correlation(
        "rank correlation of loss with the loss of answers in “\(task)”, beyond the trained length", .above(0)
      ) { label in
        let losses = measurements.scores(of: label, in: task, beyond: trainedLength)
          .compactMap(\.answerLossByDocument).map { ClusterMean($0.map { [$0] }).mean }
        return losses.isEmpty ? nil : losses.reduce(0, +) / Double(losses.count)
      }
    }
    return StudyClaim(
      id: "perplexity-indicates", origin: .published,
      text: "Perplexity is a “general-purpose performance indicator even in longer-context tasks”.",
      tests: measured(found, or: scored))
  }

  /// - Parameter success: of a method beyond the trained length; nil where it was not measured.
  private func correlation(
    _ comparison: Message, _ side: StudyClaim.Side, success: (_ label: String) -> Double?
  ) -> StudyClaim.Test? {
    let cases = measurements.methods.compactMap { label -> RankCorrelation.Case? in
      guard let losses = measurements.byPosition(label), let success = success(label),
        let loss = MeasuredLosses.joined(losses.buckets.filter { $0.from >= trainedLength })
      else { return nil }
      return RankCorrelation.Case(x: loss.nll, y: success, cluster: label)
    }
    let correlation = RankCorrelation(cases)
    guard correlation.coefficient.isFinite, let p = correlation.twoSided else { return nil }
    return StudyClaim.Test(
      comparison: comparison, unit: "Spearman’s ρ", value: correlation.coefficient, interval: correlation.interval,
      sample: "\(cases.count) methods", side: side, p: p, adjusted: p)
  }

  /// Its second, for the approximate methods that need no training.
  private var approximateAttention: StudyClaim {
    StudyClaim(
      id: "approximate-attention", origin: .published,
      text: "“Approximate attention methods systematically underperform across long-context tasks.”",
      tests: [StudyMethod("self-extend"), StudyMethod("lm-infinite")].flatMap { method in
        [loss(method, minus: .yarn, within: beyond, .above(0))] + successes(of: method, minus: .yarn, .below(0))
      })
  }

  /// Its third; what of it needs no training: plain rotation does not extrapolate.
  private var extrapolation: StudyClaim {
    StudyClaim(
      id: "extrapolation", origin: .published,
      text:
        "Exact methods are effective within the range that they were made for, “whereas extrapolation remains challenging”. Here, without fine-tuning: plain rotation loses what is beyond the trained length, YaRN made for it does not.",
      tests: [loss(.none, minus: .yarn, within: beyond, .above(0))]
        + successes(of: .none, minus: .yarn, .below(0)))
  }

  // MARK: Claims of this project

  private var shortText: StudyClaim {
    StudyClaim(
      id: "pi-short-text", origin: .own,
      text: "Position interpolation without training hurts text within the trained length.",
      tests: [loss(.linear, minus: .none, within: inside, .above(0))])
  }

  private var kept: StudyClaim {
    StudyClaim(
      id: "ntk-short-text", origin: .own,
      text: "NTK-aware scaling without training keeps text within the trained length.",
      tests: [loss(.ntk, minus: .none, within: inside, .below(Self.margin))])
  }

  private var beatsInterpolation: StudyClaim {
    StudyClaim(
      id: "ntk-yarn-beat-pi", origin: .own,
      text: "Without training, NTK-aware scaling and YaRN beat position interpolation beyond the trained length.",
      tests: [StudyMethod.ntk, .yarn].map { loss($0, minus: .linear, within: beyond, .below(0)) }
        + [StudyMethod.ntk, .yarn].flatMap { successes(of: $0, minus: .linear, .above(0)) })
  }

  private var fluentWithoutRetrieval: StudyClaim {
    // What stands farther back than the trained length is outside the window of LM-Infinite's local keys.
    func isHidden(_ cell: MeasuredRetrieval) -> Bool { (1 - cell.depth) * Double(cell.length) > Double(trainedLength) }
    return StudyClaim(
      id: "lm-infinite", origin: .own,
      text: "LM-Infinite stays fluent beyond the trained length but cannot retrieve from there.",
      tests: [
        loss(StudyMethod("lm-infinite"), minus: .ntk, within: beyond, .below(Self.fluencyMargin)),
        // That the number can be found there at all is shown by a method that meets no new angle at these lengths, which
        // NTK-aware scaling by the same factor does not promise.
        found(.yarn, minus: StudyMethod("lm-infinite"), where: isHidden, isFartherBack: true, .above(0)),
      ])
  }

  /// YaRN's temperature against YaRN without it (arXiv 2309.00071, §3.4).
  private var temperature: StudyClaim {
    let plain = StudyMethod("yarn", setting: "attention_factor=1")
    return StudyClaim(
      id: "yarn-temperature", origin: .own,
      text: "YaRN’s temperature lowers the loss beyond the trained length, without training.",
      tests: [loss(plain, minus: .yarn, within: beyond, .above(0))])
  }

  /// What a cache of rotated keys does to a method whose frequencies move with the length.
  private var staleKeys: StudyClaim {
    let dynamic = StudyMethod("dynamic"), stale = StudyMethod("dynamic", variant: MeasuredVariant.stale)
    return StudyClaim(
      id: "stale-keys", origin: .own,
      text: "Dynamic NTK loses beyond the trained length where cached keys keep the rotation they were read under.",
      tests: [loss(stale, minus: dynamic, within: beyond, .above(0))])
  }

  // MARK: Tests

  /// Benchmarks with answers about at least three documents.
  private var tasks: [String] {
    measurements.benchmarks.compactMap { $0 }.filter { task in
      measurements.scores.contains { $0.benchmark == task && $0.answerLossByDocument?.count ?? 0 > 2 }
    }
  }

  /// Tests of tasks where there are any: their documents are the sample, while trials that hide one number count one by
  /// one although several share a document.
  private func measured(_ found: StudyClaim.Test?, or scored: [StudyClaim.Test?]) -> [StudyClaim.Test?] {
    scored.isEmpty ? [found] : scored
  }

  /// What one method finds or scores less what another does, beyond the trained length.
  private func successes(
    of own: StudyMethod, minus other: StudyMethod, _ side: StudyClaim.Side
  ) -> [StudyClaim.Test?] {
    measured(
      found(own, minus: other, where: { $0.length > trainedLength }, side),
      or: tasks.map { answered($0, own, minus: other, side.opposite) })
  }

  /// The loss of the answers tells more than their share where few are found. Nil where one of the two was not measured on
  /// the same documents.
  private func answered(
    _ task: String, _ own: StudyMethod, minus other: StudyMethod, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own), let other = method(other) else { return nil }
    let references = measurements.scores(of: other, in: task, beyond: trainedLength)
    var byDocument: [[Double]] = []
    for score in measurements.scores(of: own, in: task, beyond: trainedLength) {
      guard let values = score.answerLossByDocument,
        let others = references.first(where: { $0.length == score.length })?.answerLossByDocument,
        values.count == others.count
      else { return nil }
      if byDocument.isEmpty { byDocument = values.map { _ in [] } }
      guard byDocument.count == values.count else { return nil }
      for (place, pair) in zip(values, others).enumerated() { byDocument[place].append(pair.0 - pair.1) }
    }
    let difference = ClusterMean(byDocument)
    guard let p = difference.twoSided else { return nil }
    return StudyClaim.Test(
      comparison: "loss of answers in “\(task)” of \(name(own)) − \(name(other)), beyond the trained length",
      unit: "nats per answer", value: difference.mean, interval: difference.interval,
      sample: "\(difference.clusters) documents", side: side, p: p, adjusted: p)
  }

  private var inside: Range<Int> { 0..<trainedLength }
  private var beyond: Range<Int> { trainedLength..<Int.max }

  /// Nil where one of the two was not measured on several documents: one says nothing of others.
  private func loss(
    _ own: StudyMethod, minus other: StudyMethod, within range: Range<Int>, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own).flatMap(measurements.byPosition),
      let reference = method(other).flatMap(measurements.byPosition),
      own.length == reference.length,
      let difference = MeasuredDifference(own, minus: reference, positions: range), difference.documents > 1,
      let p = difference.twoSided(against: side.bound)
    else { return nil }
    let names = (name(own.method), name(reference.method))
    return StudyClaim.Test(
      comparison: range.lowerBound == 0
        ? "loss of \(names.0) − \(names.1), within the trained length"
        : "loss of \(names.0) − \(names.1), beyond the trained length",
      unit: "nats per token", value: difference.mean, interval: difference.interval,
      sample: "\(difference.documents) documents", side: side, p: p, adjusted: p)
  }

  /// Nil where one of the two was not measured, or trials are not told apart.
  private func found(
    _ own: StudyMethod, minus other: StudyMethod, where isCounted: (MeasuredRetrieval) -> Bool,
    isFartherBack: Bool = false, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own), let reference = method(other) else { return nil }
    func cells(_ label: String) -> [MeasuredRetrieval] {
      measurements.retrieval.filter { $0.method == label && isCounted($0) }
    }
    let comparison = RetrievalComparison(cells(own), cells(reference))
    guard comparison.own.trials > 0, let p = comparison.exactTest else { return nil }
    func share(_ label: String, _ found: MeasuredProportion) -> Message {
      "\(name(label)) (\(found.successes)/\(found.trials))"
    }
    let a = share(own, comparison.own), b = share(reference, comparison.other)
    return StudyClaim.Test(
      comparison: isFartherBack
        ? "found by \(a) − by \(b), farther back than the trained length"
        : "found by \(a) − by \(b), beyond the trained length",
      unit: "share of trials", value: comparison.difference, interval: comparison.interval,
      sample: "\(comparison.own.trials) trials", side: side, p: p, adjusted: p)
  }
}
