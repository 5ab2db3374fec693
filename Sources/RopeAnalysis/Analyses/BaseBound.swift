import RealModule
import RopeMath

/// Whether a base is large enough for a context: the mean score of a matching key must not turn negative inside it.
public enum BaseBound: Analysis {
  public static let isLong = true
  public static let card = AnalysisCard(
    id: "base-bound", title: "First distance with a negative mean score against the base", unit: "tokens",
    xLabel: "Base",
    formula:
      "min {Δ : B(Δ) < 0}, B(Δ) = (2 Σ_i cos(Δ b^(−2i/d)) + D − d)/D; a base passes for L where B(Δ) ≥ 0 for all Δ < L",
    caveat:
      "Mean behaviour of independent features: a condition on the mean, not a proof either way. The passing bases are no interval: between passing ones others fail, so the least passing base, searched for in steps of 0.1 % below the scanned ones, and the largest failing one of the scanned grid are both given.",
    references: [
      .arXiv("2405.14591", "Men et al., Base of RoPE bounds context length", "table 2"),
      Reference("Su", source: "kexue.fm 10122", url: "https://kexue.fm/archives/10122"),
    ])

  /// Distances are searched up to this many tokens.
  public static let largestScannedDistance = 1 << 18
  /// Scanned bases are `10^(3 + k/12)`, up to 10⁹.
  public static let scannedBases = (0...72).map { Double.exp((3 + Double($0) / 12) * .log(10)) }

  /// Lengths up to which the least passing base is searched for between scanned ones.
  public static let largestRefinedLength = 1 << 16

  /// Which length a base is put to.
  public enum Length: String, CaseIterable, Sendable {
    case trained, target

    fileprivate func tokens(_ context: AnalysisContext) -> Int {
      self == .trained ? context.trainedLength : context.targetLength
    }
  }

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let limit = min(max(trained, target), largestScannedDistance)
    let geometry = context.geometry
    // Methods that leave the frequencies alone share one search.
    var known: [[Double]: Int?] = [:]
    func firstNegative(_ score: MeanScore) -> Int? {
      let key = score.frequencies + [score.rotatedShare] + (score.decayRates ?? [])
      if let first = known[key] { return first }
      let first =
        score
        .scan(below: limit, stopsAtFirstNegative: true).firstNegative
      known[key] = .some(first)
      return first
    }
    let share = Double(geometry.rotaryDimension) / Double(geometry.scoreDimension)
    let firsts = scannedBases.map {
      firstNegative(MeanScore(frequencies: geometry.inverseFrequencies(base: $0), rotatedShare: share))
    }
    func check(_ first: Int?, _ length: Length) -> [SummaryKey: Double] {
      let tokens = length.tokens(context)
      let known = tokens <= limit || first != nil
      return [.passes(at: length): known ? (first.map { $0 >= tokens } ?? true ? 1 : 0) : .nan]
    }
    func edges(_ length: Length) -> [SummaryKey: Double] {
      let tokens = length.tokens(context)
      guard tokens <= limit else { return [:] }
      let passes = firsts.map { $0.map { $0 >= tokens } ?? true }
      var edges: [SummaryKey: Double] = [
        .firstPassingScannedBase(at: length): passes.firstIndex(of: true).map { scannedBases[$0] } ?? .nan,
        .lastFailingScannedBase(at: length): passes.lastIndex(of: false).map { scannedBases[$0] } ?? .nan,
      ]
      if let first = passes.firstIndex(of: true), tokens <= largestRefinedLength {
        edges[.firstPassingBase(at: length)] =
          first == 0
          ? scannedBases[0]
          : PassingBase(geometry: geometry, length: tokens).least(below: scannedBases[first], from: scannedBases[0])
      }
      // The fit of Men et al. is one to heads of 128 features that all rotate.
      if geometry.rotaryDimension == 128, geometry.scoreDimension == 128 {
        edges[.fittedBase(at: length)] = 0.0424 * .pow(Double(tokens), 1.628)
      }
      return edges
    }
    func summary(_ base: Double, _ first: Int?) -> [SummaryKey: Double] {
      Length.allCases.reduce(into: [.base: base, .firstSignChange: first.map(Double.init) ?? .nan]) {
        $0.merge(check(first, $1)) { $1 }
      }
    }
    let curve = card.curve(
      "closed_form", x: scannedBases, firsts.map { Double($0 ?? limit) }, method: AnalysisSeries.baseline,
      length: target,
      summary: Length.allCases.reduce(
        into: summary(context.baseline.base, firstNegative(MeanScore(context.baseline)))
      ) { $0.merge(edges($1)) { $1 } })
    let methods = context.subjects.filter { $0.plan.logitByDistance == nil }.map { subject in
      let first = firstNegative(MeanScore(subject.plan))
      return card.curve(
        "method", x: [subject.plan.base], [Double(first ?? limit)], method: subject.label, length: target,
        summary: summary(subject.plan.base, first))
    }
    return [curve] + methods
  }
}

extension SummaryKey {
  /// The base itself.
  public static let base = Self("base")
  /// 1 where the mean score stays positive below the length, 0 where it does not.
  public static func passes(at length: BaseBound.Length) -> Self { Self("passes_at_\(length)") }
  /// The least base that passes, of the scanned ones and searched for between them, and the largest scanned one that fails.
  public static func firstPassingScannedBase(at length: BaseBound.Length) -> Self {
    Self("first_passing_scanned_base_at_\(length)")
  }
  public static func firstPassingBase(at length: BaseBound.Length) -> Self { Self("first_passing_base_at_\(length)") }
  public static func lastFailingScannedBase(at length: BaseBound.Length) -> Self {
    Self("last_failing_scanned_base_at_\(length)")
  }
  /// What the fit of Men et al. gives.
  public static func fittedBase(at length: BaseBound.Length) -> Self { Self("fitted_base_at_\(length)") }
}
