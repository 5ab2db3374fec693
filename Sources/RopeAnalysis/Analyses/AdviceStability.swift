import RealModule
import RopeMath

/// Which method's temperature is nearest to holding the entropy, over the deviation σ of the logits and the context length:
/// where a choice by temperature rests on what σ is taken to be.
///
/// Series: `region` (each method that is chosen somewhere): x lengths in tokens, `lower` and `upper` the range of σ in which
/// it is chosen, y their middle, not numbers where it is not. Methods that tie everywhere have the same region. `exact`
/// (the same methods): the σ at which their own multiplier holds the entropy. `here` (baseline): the run's own target and σ.
public enum AdviceStability: Analysis {
  public static let card = AnalysisCard(
    id: "advice-stability", title: "Choice by temperature over σ and length", unit: "σ of the logits (nats)",
    xLabel: "Context length (tokens)",
    formula: "argmin_m |ln(κ_m/κ(M, σ))|, κ: H(M, κσ) = H(L0, σ); borders at κ = √(κ_a κ_b)",
    caveat:
      "Candidates are the methods of the run that are phase-safe at the length, have fixed frequencies, keep nine tenths of the resolution and can be used without training; their temperatures are all that is compared, and multipliers within 1 % of each other count as one. Which runtimes compute them is not asked.",
    references: [.arXiv("2309.00071", "YaRN", "§3.4"), .arXiv("2202.12172", "Chiang & Cholak", "§5.3")])

  /// σ between which choices are shown: the range that is plausible for trained heads.
  public static let deviations = 1.0...3.0
  private static let columnsPerOctave = 4
  private static let largestOctaves = 6.0

  /// Hazard classes whose frequencies do not change while a context grows.
  public static let fixedHazards: Set<String> = ["K0", "Kq"]
  /// Least share of the resolution that a candidate keeps.
  public static let leastResolution = 0.9

  /// The methods that a choice by temperature is made among at a length, planned for it, in the run's order.
  public static func candidates(_ context: AnalysisContext, length: Int) -> [TemperatureChoice.Candidate] {
    var safe: [SafeKey: Bool] = [:]
    return context.subjects.compactMap { subject in
      guard subject.label != "none",
        subject.method.cards.allSatisfy({ fixedHazards.contains($0.hazardClass) && $0.training != .required }),
        let plan = plan(subject, context, length: length)
      else { return nil }
      let trained = context.trainedPlan(for: plan)
      guard plan.resolutionKept(trained) >= leastResolution else { return nil }
      let key = SafeKey(frequencies: plan.inverseFrequencies, bands: plan.bands, visibility: plan.visibility)
      let isSafe = safe[key] ?? plan.isPhaseSafe(context.trainedAngles(for: plan), length: length)
      safe[key] = isSafe
      guard isSafe else { return nil }
      return TemperatureChoice.Candidate(
        label: subject.label, multiplier: TemperatureChoice.multiplier(of: plan, baseline: trained))
    }
  }

  private struct SafeKey: Hashable {
    let frequencies: [Double]
    let bands: [PositionBand]
    let visibility: Visibility
  }

  /// The subject's plan had it been set for `length`.
  private static func plan(_ subject: AnalysisSubject, _ context: AnalysisContext, length: Int) -> RotaryPlan? {
    if length == context.targetLength { return subject.plan }
    let own = subject.method.context
    let other = MethodContext(geometry: own.geometry, targetLength: length, resources: own.resources)
    return try? BoundMethod(subject.method.specification, context: other).plan(length: length)
  }

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let lengths = lengths(context)
    guard !lengths.isEmpty else { return [] }
    let multipliers = HeldMultipliers(context, lengths: lengths)
    let columns = lengths.map { Column(candidates(context, length: $0), length: $0, multipliers) }
    let regions = context.subjects.flatMap { subject -> [AnalysisSeries] in
      let ranges = columns.map { $0.ranges[subject.label] }
      guard ranges.contains(where: { $0 != nil }) else { return [] }
      var series = card.curve(
        "region", x: lengths.map(Double.init), ranges.map { $0.map { ($0.lowerBound + $0.upperBound) / 2 } ?? .nan },
        method: subject.label, length: context.targetLength)
      series.lower = ranges.map { $0?.lowerBound ?? .nan }
      series.upper = ranges.map { $0?.upperBound ?? .nan }
      let exact = card.curve(
        "exact", x: lengths.map(Double.init), columns.map { $0.exact[subject.label] ?? .nan }, method: subject.label,
        length: context.targetLength)
      return [series, exact]
    }
    guard !regions.isEmpty else { return [] }
    let sigma = context.moments?.logitDeviation ?? context.ensemble.logitDeviation
    return regions + [
      card.curve(
        "here", x: [Double(context.targetLength)], [sigma], method: AnalysisSeries.baseline,
        length: context.targetLength)
    ]
  }

  /// From an octave quarter above the trained length to twice the target, the target among them.
  private static func lengths(_ context: AnalysisContext) -> [Int] {
    let trained = Double(context.trainedLength)
    let last = min(2 * Double(context.targetLength), Double(RotaryGeometry.largestLength))
    guard context.targetLength > context.trainedLength, context.trainedLength > 1 else { return [] }
    let octaves = min(Double.log2(last / trained), largestOctaves)
    let steps = (1...max(1, Int(octaves * Double(columnsPerOctave)))).map {
      Int((trained * .exp2(Double($0) / Double(columnsPerOctave))).rounded())
    }
    return Set(steps + [context.targetLength]).filter { $0 > context.trainedLength }.sorted()
  }
}

extension AdviceStability {
  /// κ over σ and length: `(κ² − 1)σ²/(2 ln(n/n₀))`, which is 1 for many keys and changes slowly, interpolated between few
  /// solutions; κ is good to 1e-3.
  private struct HeldMultipliers {
    private static let steps = 8
    private let deviations: [Double]
    private let lengths: [Int]
    /// For every length, the quantity at each σ.
    private let shares: [[Double]]
    private let scale: Double
    private let growth: [Double]

    init(_ context: AnalysisContext, lengths: [Int]) {
      let range = AdviceStability.deviations
      let baseline = context.baseline, last = baseline.length - 1
      scale = baseline.logitDeviation(of: 1, query: last)
      let width = (range.upperBound - range.lowerBound) / Double(Self.steps)
      let deviations = (0...Self.steps).map { range.lowerBound + width * Double($0) }
      self.deviations = deviations
      self.lengths = lengths
      let trainedKeys = Double(baseline.keyCount(query: last))
      let growth = lengths.map { 2 * Double.log(Double(baseline.keyCount(query: $0 - 1)) / trainedKeys) }
      self.growth = growth
      // Few lengths are solved for; the others lie between them.
      let solved = Set(stride(from: 0, to: lengths.count, by: 4)).union([lengths.count - 1]).sorted()
      let known = solved.map { place in
        deviations.map { deviation -> Double in
          guard growth[place] > 0 else { return 1 }
          let held = TemperatureChoice.holdingMultiplier(
            deviation: deviation, baseline: baseline, targetLength: lengths[place])
          let spread = deviation * baseline.logitDeviation(of: 1, query: last)
          return (held * held - 1) * spread * spread / growth[place]
        }
      }
      shares = lengths.indices.map { place in
        let next = solved.firstIndex { $0 >= place } ?? solved.count - 1
        let before = max(0, next - 1)
        let span = growth[solved[next]] - growth[solved[before]]
        let share = span > 0 ? (growth[place] - growth[solved[before]]) / span : 1
        return zip(known[before], known[next]).map { $0 + share * ($1 - $0) }
      }
    }

    /// σ at which κ is `multiplier` at the length's place, within the range of σ; κ falls as σ grows.
    func deviation(holding multiplier: Double, place: Int) -> Double {
      func excess(_ index: Int) -> Double { held(index, place) - multiplier }
      guard excess(0) > 0 else { return deviations[0] }
      guard let after = deviations.indices.first(where: { excess($0) <= 0 }) else {
        return deviations[deviations.count - 1]
      }
      // κ² is nearly a line in 1/σ² between two of the solutions.
      let a = held(after - 1, place), b = held(after, place)
      let share = (a * a - multiplier * multiplier) / (a * a - b * b)
      let low = 1 / (deviations[after - 1] * deviations[after - 1]), high = 1 / (deviations[after] * deviations[after])
      return (1 / (low + share * (high - low))).squareRoot()
    }

    private func held(_ index: Int, _ place: Int) -> Double {
      let spread = deviations[index] * scale
      return (1 + shares[place][index] * growth[place] / (spread * spread)).squareRoot()
    }

    func place(of length: Int) -> Int { lengths.firstIndex(of: length) ?? 0 }
  }

  /// The ranges of σ at one length, by method.
  private struct Column {
    private(set) var ranges: [String: ClosedRange<Double>] = [:]
    /// σ at which a candidate's multiplier is κ; none outside the range of σ.
    private(set) var exact: [String: Double] = [:]

    init(_ candidates: [TemperatureChoice.Candidate], length: Int, _ held: HeldMultipliers) {
      // Multipliers within 1 % of the smallest of a group are one choice.
      var groups: [[TemperatureChoice.Candidate]] = []
      for candidate in candidates.filter({ $0.multiplier > 0 && $0.multiplier.isFinite }).sorted(by: {
        $0.multiplier < $1.multiplier
      }) {
        if let first = groups.last?.first,
          Double.log(candidate.multiplier / first.multiplier) <= TemperatureChoice.tieTolerance
        {
          groups[groups.count - 1].append(candidate)
        } else {
          groups.append([candidate])
        }
      }
      let place = held.place(of: length)
      func middle(_ group: [TemperatureChoice.Candidate]) -> Double {
        ((group.first?.multiplier ?? 1) * (group.last?.multiplier ?? 1)).squareRoot()
      }
      // Groups ascend in their multiplier, and κ falls as σ grows: the largest multiplier takes the smallest σ.
      let borders = zip(groups, groups.dropFirst()).map { low, high in
        held.deviation(holding: (middle(low) * middle(high)).squareRoot(), place: place)
      }
      let range = AdviceStability.deviations
      for candidate in candidates where candidate.multiplier > 1 {
        let deviation = held.deviation(holding: candidate.multiplier, place: place)
        if deviation > range.lowerBound, deviation < range.upperBound { exact[candidate.label] = deviation }
      }
      for (index, group) in groups.enumerated() {
        let upper = index == 0 ? range.upperBound : borders[index - 1]
        let lower = index == groups.count - 1 ? range.lowerBound : borders[index]
        guard upper - lower > 1e-9 else { continue }
        for candidate in group { ranges[candidate.label] = lower...upper }
      }
    }
  }
}
