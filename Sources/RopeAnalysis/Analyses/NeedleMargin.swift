import RealModule
import RopeMath

/// How far one key's logit must stand above the others to get half of the attention, against length.
public enum NeedleMargin: Analysis {
  public static let card = AnalysisCard(
    id: "needle-margin", title: "Logit margin that takes half of the attention", unit: "nats before any temperature",
    xLabel: "Context length (tokens)",
    formula:
      "M_½ = F(n, κσ)/κ with κ the method's logit multiplier; for many keys M_½ ≈ ln n/κ + κσ²/2, least at κ = √(2 ln n)/σ",
    caveat:
      "One key with a fixed logit above n independent Gaussian ones; where rotation puts that key is not part of it. Methods with a sink, a change of logits with distance or a scale of each head have no value.",
    references: [.arXiv("2202.12172", "Chiang & Cholak", "§5.3"), .arXiv("2309.00071", "YaRN", "§3.4")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let lengths = LengthGrid.powersOfTwo(from: 256, to: max(target, trained), including: [trained, target])
    let sigma = context.ensemble.logitDeviation
    // Most methods ask for the same multipliers and key counts.
    var energies: [Double: GaussianEntropy] = [:]
    var margins: [SIMD2<Double>: Double] = [:]
    func margin(_ plan: RotaryPlan?, _ length: Int) -> Double {
      guard let plan else { return .nan }
      // A sink or a bias by distance stands against the key as well, which this margin does not count.
      guard plan.hasPlainLogits else { return .nan }
      let multiplier = plan.logitDeviation(of: 1, query: length - 1)
      let keys = Double(plan.keyCount(query: length - 1))
      if let known = margins[SIMD2(multiplier, keys)] { return known }
      let energy = energies[multiplier] ?? GaussianEntropy(deviation: multiplier * sigma)
      energies[multiplier] = energy
      let margin = energy.freeEnergy(keys: keys) / multiplier
      margins[SIMD2(multiplier, keys)] = margin
      return margin
    }
    let atTrained = margin(context.baseline, trained)
    func series(_ label: String, _ plan: (Int) -> RotaryPlan?) -> AnalysisSeries {
      let values = lengths.map { margin(plan($0), $0) }
      let atTarget = margin(plan(target), target)
      return card.curve(
        "closed_form", x: lengths.map(Double.init), values, method: label, length: target,
        summary: [
          .marginAtTrained: atTrained, .marginAtTarget: atTarget, .marginGrowth: atTarget - atTrained,
          .logitDeviation: sigma,
        ])
    }
    return [series("baseline") { _ in context.baseline }]
      + context.subjects.map { subject in series(subject.label) { try? subject.method.plan(length: $0) } }
  }
}

extension SummaryKey {
  /// Nats before any temperature.
  public static let marginAtTrained = Self("margin_at_trained"), marginAtTarget = Self("margin_at_target"),
    marginGrowth = Self("margin_growth")
}
