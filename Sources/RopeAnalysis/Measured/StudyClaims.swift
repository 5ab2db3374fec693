import RealModule
import RopeText

/// The claims of the controlled study of Lu et al. (arXiv 2409.12181) that a measurement without training can test, and
/// this project's own, each with its tests on the measurements at hand.
///
/// Losses are compared over documents (Student's t over the documents' mean paired differences), retrieval on the same
/// trials (McNemar's exact test); P values are adjusted by Holm over all tests of all claims. What is not told apart is
/// undecided.
public struct StudyClaims {
  /// Losses closer than this count as the same, nats per token: 5 % of perplexity. The project's own bound.
  public static let margin = 0.05
  /// What still counts as fluent beside the best frozen methods, nats per token: 10 % of perplexity. The project's own.
  public static let fluencyMargin = 0.1

  private let measurements: Measurements
  private let trainedLength: Int
  private let method: (String) -> String?
  private let name: (String) -> String

  /// - Parameters:
  ///   - method: the measured label of the method with this id: `yarn:factor=2` for `yarn`; nil where it was not
  ///     measured.
  ///   - name: what sentences call a label.
  public init(
    _ measurements: Measurements, trainedLength: Int, method: @escaping (_ id: String) -> String?,
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
    var cases: [RankCorrelation.Case] = []
    for label in measurements.methods {
      let cells = measurements.retrieval.filter { $0.method == label && $0.length > trainedLength }
      guard let losses = measurements.byPosition(label), !cells.isEmpty,
        let loss = MeasuredLosses.joined(losses.buckets.filter { $0.from >= trainedLength })
      else { continue }
      let share = MeasuredProportion(
        successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +)
      ).share
      cases.append(RankCorrelation.Case(x: loss.nll, y: share, cluster: label))
    }
    let correlation = RankCorrelation(cases)
    var test: StudyClaim.Test?
    if correlation.coefficient.isFinite, let p = correlation.twoSided {
      test = StudyClaim.Test(
        comparison: "rank correlation of loss with share found, beyond the trained length", unit: "Spearman’s ρ",
        value: correlation.coefficient, interval: correlation.interval, sample: "\(cases.count) methods",
        side: .below(0), p: p, adjusted: p)
    }
    return StudyClaim(
      id: "perplexity-indicates", origin: .published,
      text: "Perplexity is a “general-purpose performance indicator even in longer-context tasks”.", tests: [test])
  }

  /// Its second, for the approximate methods that need no training.
  private var approximateAttention: StudyClaim {
    StudyClaim(
      id: "approximate-attention", origin: .published,
      text: "“Approximate attention methods systematically underperform across long-context tasks.”",
      tests: ["self-extend", "lm-infinite"].flatMap { id in
        [
          loss(id, minus: "yarn", within: beyond, .above(0)),
          found(id, minus: "yarn", where: { $0.length > trainedLength }, .below(0)),
        ]
      })
  }

  /// Its third; what of it needs no training: plain rotation does not extrapolate.
  private var extrapolation: StudyClaim {
    StudyClaim(
      id: "extrapolation", origin: .published,
      text:
        "Exact methods are effective within the range that they were made for, “whereas extrapolation remains challenging”. Here, without fine-tuning: plain rotation loses what is beyond the trained length, YaRN made for it does not.",
      tests: [
        loss("none", minus: "yarn", within: beyond, .above(0)),
        found("none", minus: "yarn", where: { $0.length > trainedLength }, .below(0)),
      ])
  }

  // MARK: Claims of this project

  private var shortText: StudyClaim {
    StudyClaim(
      id: "pi-short-text", origin: .own,
      text: "Position interpolation without training hurts text within the trained length.",
      tests: [loss("linear", minus: "none", within: inside, .above(0))])
  }

  private var kept: StudyClaim {
    StudyClaim(
      id: "ntk-short-text", origin: .own,
      text: "NTK-aware scaling without training keeps text within the trained length.",
      tests: [loss("ntk", minus: "none", within: inside, .below(Self.margin))])
  }

  private var beatsInterpolation: StudyClaim {
    StudyClaim(
      id: "ntk-yarn-beat-pi", origin: .own,
      text: "Without training, NTK-aware scaling and YaRN beat position interpolation beyond the trained length.",
      tests: ["ntk", "yarn"].map { id in loss(id, minus: "linear", within: beyond, .below(0)) }
        + ["ntk", "yarn"].map { id in
          found(id, minus: "linear", where: { $0.length > trainedLength }, .above(0))
        })
  }

  private var fluentWithoutRetrieval: StudyClaim {
    // What stands farther back than the trained length is outside the window of LM-Infinite's local keys.
    func isHidden(_ cell: MeasuredRetrieval) -> Bool { (1 - cell.depth) * Double(cell.length) > Double(trainedLength) }
    return StudyClaim(
      id: "lm-infinite", origin: .own,
      text: "LM-Infinite stays fluent beyond the trained length but cannot retrieve from there.",
      tests: [
        loss("lm-infinite", minus: "ntk", within: beyond, .below(Self.fluencyMargin)),
        // That the number can be found there at all is shown by a method that meets no new angle at these lengths, which
        // NTK-aware scaling by the same factor does not promise.
        found("yarn", minus: "lm-infinite", where: isHidden, isFartherBack: true, .above(0)),
      ])
  }

  // MARK: Tests

  private var inside: Range<Int> { 0..<trainedLength }
  private var beyond: Range<Int> { trainedLength..<Int.max }

  /// Nil where one of the two was not measured on several documents: one says nothing of others.
  private func loss(
    _ id: String, minus other: String, within range: Range<Int>, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(id).flatMap(measurements.byPosition),
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
    _ id: String, minus other: String, where isCounted: (MeasuredRetrieval) -> Bool, isFartherBack: Bool = false,
    _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(id), let reference = method(other) else { return nil }
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
