import RealModule
import RopeMath

extension AttentionEntropy {
  /// Rows longer than this are not sampled.
  private static let largestMomentLength = 8192

  /// The curves where the moments of the model's own queries and keys are known: mean entropy over its heads by closed
  /// form, one sampled row a head beside it, and the entropies that were measured on the model itself.
  static func run(_ context: AnalysisContext, _ moments: AttentionMoments) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let lengths = LengthGrid.powersOfTwo(from: 256, to: max(target, trained), including: [trained, target])
    let sigma = moments.logitDeviation
    var sampler = GaussianSampler(seed: context.seed &+ 0x30E7)
    struct Row: Hashable {
      let plan: RotaryPlan
      let length: Int
    }
    var known: [Row: (exact: Double, sampled: SampleMean?)] = [:]
    func point(_ plan: RotaryPlan, _ length: Int) -> (exact: Double, sampled: SampleMean?) {
      guard plan.hasPlainLogits else { return (.nan, nil) }
      if let found = known[Row(plan: plan, length: length)] { return found }
      let attention =
        length > largestMomentLength
        ? MomentAttention(moments, plan: plan, length: length)
        : MomentAttention(moments, plan: plan, length: length, sampler: &sampler)
      let entropies = attention.headEntropies()
      let exact = entropies.reduce(0, +) / Double(max(1, entropies.count))
      let differences = zip(attention.sampledEntropies, entropies).map { $0 - $1 }
      let sampled = differences.isEmpty ? nil : SampleMean(of: differences)
      known[Row(plan: plan, length: length)] = (exact, sampled)
      return (exact, sampled)
    }
    let atTrained = point(context.baseline, trained).exact
    func row(_ label: String, _ plan: (Int) -> RotaryPlan?) -> [AnalysisSeries] {
      let found = lengths.map { length in plan(length).map { point($0, length) } }
      let values = found.map { $0?.exact ?? .nan }
      func value(at length: Int) -> Double { lengths.firstIndex(of: length).map { values[$0] } ?? .nan }
      let factor = plan(target).map { $0.logitDeviation(of: 1, query: target - 1) } ?? .nan
      let curve = card.curve(
        "closed_form", x: lengths.map(Double.init), values, method: label, length: target,
        summary: [
          .entropyAtTrained: atTrained, .entropyAtTarget: value(at: target),
          .entropyShiftAtTrained: value(at: trained) - atTrained, .effectiveKeys: .exp(value(at: target)),
          .logitDeviation: sigma, .logitDeviationAtTarget: factor * sigma, .fromMoments: 1,
        ])
      // A sampled row of each head differs from the closed form by the mean over heads of the differences.
      let points = zip(lengths, found).compactMap { length, found -> (Int, Double, SampleMean)? in
        found.flatMap { found in found.sampled.map { (length, found.exact, $0) } }
      }
      let simulated = AnalysisSeries(
        name: card.id, series: "simulated", title: card.title, unit: card.unit, method: label, length: target,
        x: points.map { Double($0.0) }, y: points.map { $0.1 + $0.2.mean },
        lower: points.map { $0.1 + $0.2.mean - $0.2.standardError },
        upper: points.map { $0.1 + $0.2.mean + $0.2.standardError }, closedForm: points.map(\.1),
        summary: [
          .sampleCount: Double(moments.heads.count), .seed: Double(context.seed), .logitDeviation: sigma,
          .worstStandardErrors: points.map { abs($0.2.mean) / $0.2.standardError }.filter(\.isFinite).max() ?? 0,
          .worstDifference: points.map { abs($0.2.mean) }.max() ?? .nan,
        ])
      return [curve, simulated]
    }
    let measured = AnalysisSeries(
      name: card.id, series: "measured", title: card.title, unit: card.unit, method: AnalysisSeries.baseline,
      length: moments.tokens, x: moments.entropies.map { Double($0.position) + 1 }, y: moments.entropies.map(\.mean),
      lower: moments.entropies.map { $0.mean - $0.deviation / Double(max(1, moments.heads.count)).squareRoot() },
      upper: moments.entropies.map { $0.mean + $0.deviation / Double(max(1, moments.heads.count)).squareRoot() },
      summary: [.heads: Double(moments.heads.count), .tokens: Double(moments.tokens)])
    return row(AnalysisSeries.baseline) { _ in context.baseline }
      + context.subjects.flatMap { subject in row(subject.label) { try? subject.method.plan(length: $0) } }
      + (moments.entropies.isEmpty ? [] : [measured])
  }
}

extension SummaryKey {
  /// 1 where measured queries and keys stand in place of the ensemble.
  public static let fromMoments = Self("from_moments")
  /// Heads and tokens that were measured.
  public static let heads = Self("heads"), tokens = Self("tokens")
}
