/// The claims of the controlled study of Lu et al. (arXiv 2409.12181) that a measurement without training can test, each
/// with its tests on the measurements at hand. Verdicts follow from 95 % intervals alone.
public struct StudyClaims {
  /// Losses closer than this count as the same, nats per token: 5 % of perplexity.
  public static let margin = 0.05
  /// What still counts as fluent beside the best frozen methods, nats per token: 10 % of perplexity.
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

  public var all: [StudyClaim] { [shortText, kept, beatsInterpolation, fluentWithoutRetrieval] }

  private var shortText: StudyClaim {
    StudyClaim(
      id: "pi-short-text", text: "Position interpolation without training hurts text within the trained length.",
      tests: [loss("linear", minus: "none", within: inside, asked: "above 0") { Self.isAbove($0, 0) }])
  }

  private var kept: StudyClaim {
    StudyClaim(
      id: "ntk-short-text", text: "NTK-aware scaling without training keeps text within the trained length.",
      tests: [
        loss("ntk", minus: "none", within: inside, asked: "below \(Self.margin)") { Self.isBelow($0, Self.margin) }
      ])
  }

  private var beatsInterpolation: StudyClaim {
    StudyClaim(
      id: "ntk-yarn-beat-pi",
      text: "Without training, NTK-aware scaling and YaRN beat position interpolation beyond the trained length.",
      tests: ["ntk", "yarn"].map { id in
        loss(id, minus: "linear", within: beyond, asked: "below 0") { Self.isBelow($0, 0) }
      }
        + ["ntk", "yarn"].map { id in
          found(
            id, minus: "linear", where: { $0.length > trainedLength }, place: "beyond the trained length",
            asked: "above 0")
        })
  }

  private var fluentWithoutRetrieval: StudyClaim {
    // What stands farther back than the trained length is outside the window of LM-Infinite's local keys.
    func isHidden(_ cell: MeasuredRetrieval) -> Bool { (1 - cell.depth) * Double(cell.length) > Double(trainedLength) }
    return StudyClaim(
      id: "lm-infinite", text: "LM-Infinite stays fluent beyond the trained length but cannot retrieve from there.",
      tests: [
        loss("lm-infinite", minus: "ntk", within: beyond, asked: "below \(Self.fluencyMargin)") {
          Self.isBelow($0, Self.fluencyMargin)
        },
        // That the number can be found there at all is shown by a method that meets no new angle at these lengths, which
        // NTK-aware scaling by the same factor does not promise.
        found(
          "yarn", minus: "lm-infinite", where: isHidden, place: "farther back than the trained length", asked: "above 0"
        ),
      ])
  }

  // MARK: Tests

  private var inside: Range<Int> { 0..<trainedLength }
  private var beyond: Range<Int> { trainedLength..<Int.max }

  private func loss(
    _ id: String, minus other: String, within range: Range<Int>, asked: String,
    _ judge: (ClosedRange<Double>) -> StudyClaim.Verdict
  ) -> StudyClaim.Test? {
    guard let own = method(id).flatMap(measurements.byPosition),
      let reference = method(other).flatMap(measurements.byPosition),
      own.length == reference.length,
      let difference = MeasuredDifference(own, minus: reference, positions: range), let interval = difference.interval
    else { return nil }
    let place = range.lowerBound == 0 ? "within" : "beyond"
    return StudyClaim.Test(
      comparison: "loss of \(name(own.method)) − \(name(reference.method)), \(place) the trained length",
      unit: "nats per token",
      value: difference.mean, interval: interval, count: difference.blocks, asked: asked, verdict: judge(interval))
  }

  private func found(
    _ id: String, minus other: String, where isCounted: (MeasuredRetrieval) -> Bool, place: String, asked: String
  ) -> StudyClaim.Test? {
    func share(_ label: String) -> MeasuredProportion {
      let cells = measurements.retrieval.filter { $0.method == label && isCounted($0) }
      return MeasuredProportion(successes: cells.map(\.correct).reduce(0, +), trials: cells.map(\.trials).reduce(0, +))
    }
    guard let own = method(id), let reference = method(other) else { return nil }
    let a = share(own), b = share(reference)
    guard a.trials > 0, b.trials > 0 else { return nil }
    let interval = a.difference(from: b)
    return StudyClaim.Test(
      comparison:
        "found by \(name(own)) (\(a.successes)/\(a.trials)) − by \(name(reference)) (\(b.successes)/\(b.trials)), \(place)",
      unit: "share of trials", value: a.share - b.share, interval: interval, count: a.trials + b.trials, asked: asked,
      verdict: Self.isAbove(interval, 0))
  }

  private static func isAbove(_ interval: ClosedRange<Double>, _ bound: Double) -> StudyClaim.Verdict {
    interval.lowerBound > bound ? .holds : interval.upperBound <= bound ? .fails : .undecided
  }

  private static func isBelow(_ interval: ClosedRange<Double>, _ bound: Double) -> StudyClaim.Verdict {
    interval.upperBound < bound ? .holds : interval.lowerBound >= bound ? .fails : .undecided
  }
}
