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
    func check(_ first: Int?, _ suffix: String, _ length: Int) -> [String: Double] {
      let known = length <= limit || first != nil
      return ["passes_at_\(suffix)": known ? (first.map { $0 >= length } ?? true ? 1 : 0) : .nan]
    }
    func edges(_ suffix: String, _ length: Int) -> [String: Double] {
      guard length <= limit else { return [:] }
      let passes = firsts.map { $0.map { $0 >= length } ?? true }
      var edges = [
        "first_passing_scanned_base_at_\(suffix)": passes.firstIndex(of: true).map { scannedBases[$0] } ?? .nan,
        "last_failing_scanned_base_at_\(suffix)": passes.lastIndex(of: false).map { scannedBases[$0] } ?? .nan,
      ]
      if let first = passes.firstIndex(of: true), length <= largestRefinedLength {
        edges["first_passing_base_at_\(suffix)"] =
          first == 0
          ? scannedBases[0]
          : PassingBase(geometry: geometry, length: length).least(below: scannedBases[first], from: scannedBases[0])
      }
      // The fit of Men et al. is one to heads of 128 features that all rotate.
      if geometry.rotaryDimension == 128, geometry.scoreDimension == 128 {
        edges["fitted_base_at_\(suffix)"] = 0.0424 * .pow(Double(length), 1.628)
      }
      return edges
    }
    let own = firstNegative(MeanScore(context.baseline))
    var summary = ["base": context.baseline.base, "first_sign_change": own.map(Double.init) ?? .nan]
    for (suffix, length) in [("trained", trained), ("target", target)] {
      summary.merge(check(own, suffix, length)) { $1 }
      summary.merge(edges(suffix, length)) { $1 }
    }
    let curve = AnalysisSeries(
      name: card.id, series: "closed_form", title: card.title, unit: card.unit, method: "baseline", length: target,
      x: scannedBases, y: firsts.map { Double($0 ?? limit) }, summary: summary)
    let methods = context.subjects.filter { $0.plan.logitByDistance == nil }.map { subject in
      let first = firstNegative(MeanScore(subject.plan))
      var summary = ["base": subject.plan.base, "first_sign_change": first.map(Double.init) ?? .nan]
      summary.merge(check(first, "trained", trained)) { $1 }
      summary.merge(check(first, "target", target)) { $1 }
      return AnalysisSeries(
        name: card.id, series: "method", title: card.title, unit: card.unit, method: subject.label, length: target,
        x: [subject.plan.base], y: [Double(first ?? limit)], summary: summary)
    }
    return [curve] + methods
  }
}
