import RealModule
import RopeText

/// The claims of the controlled study of Lu et al. (arXiv 2409.12181) that a measurement without training can test, and
/// this project's own, each with its tests on the measurements at hand.
///
/// Losses of texts and of tasks' answers are compared over documents (Student's t over the documents' mean paired differences),
/// retrieval on the same trials (McNemar's exact test); the P values of claims are adjusted by Holm over all claims. What is
/// not told apart is undecided.
public struct StudyClaims {
  /// Losses closer than this count as the same, nats per token: 5 % of perplexity. The project's own bound.
  public static let margin = 0.05
  /// What still counts as fluent beside the best frozen methods, nats per token: 10 % of perplexity. The project's own.
  public static let fluencyMargin = 0.1

  let measurements: Measurements
  let trainedLength: Int
  let method: (StudyMethod) -> String?
  let name: (String) -> String

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
    let tested = claims.indices.filter { !claims[$0].tests.isEmpty }
    for (place, adjusted) in zip(tested, Multiplicity.holm(tested.map { claims[$0].p })) {
      claims[place].adjusted = adjusted
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
          .compactMap(\.answerLossByDocument).map { SampleMean(of: $0).mean }
        return losses.isEmpty ? nil : SampleMean(of: losses).mean
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
      sample: "\(cases.count) methods", side: side, p: p)
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
}
