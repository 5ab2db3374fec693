import RopeMath

/// Wavelengths before and after scaling.
///
/// Series: `trained` (baseline), `after` (each method).
public enum Wavelengths: Analysis {
  public static let card = AnalysisCard(
    id: "wavelengths", title: "Wavelength by pair", unit: "tokens", xLabel: "pair",
    formula: "λ_i = 2π·b^(2i/d), λ′_i = λ_i/ρ_i",
    references: [.arXiv("2309.00071", "YaRN", "eq. 13"), .arXiv("2310.05209", "Liu et al.", "eq. 5")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = card.overPairs(
      "trained", context.baseline.wavelengths, method: AnalysisSeries.baseline, length: context.trainedLength,
      summary: summary(context.baseline, context))
    return [trained]
      + context.subjects.map {
        card.overPairs(
          "after", $0.plan.wavelengths, method: $0.label, length: context.targetLength,
          summary: summary($0.plan, context))
      }
  }

  private static func summary(_ plan: RotaryPlan, _ context: AnalysisContext) -> [SummaryKey: Double] {
    let rotating = plan.wavelengths.filter(\.isFinite)
    func share(_ length: Int) -> Double {
      Double(plan.wavelengths.count { $0 <= Double(length) }) / Double(plan.pairCount)
    }
    return [
      .longest: rotating.max() ?? .nan, .shortest: rotating.min() ?? .nan,
      .criticalPair: Double(plan.wavelengths.firstIndex { $0 > Double(context.trainedLength) } ?? plan.pairCount),
      .shareCompletingTurnTrained: share(context.trainedLength),
      .shareCompletingTurnTarget: share(context.targetLength),
    ]
  }
}

extension SummaryKey {
  /// Tokens.
  public static let longest = Self("longest"), shortest = Self("shortest")
  /// The first pair whose wavelength is longer than the trained length; shares of pairs that complete a turn.
  public static let criticalPair = Self("critical_pair"),
    shareCompletingTurnTrained = Self("share_completing_turn_trained"),
    shareCompletingTurnTarget = Self("share_completing_turn_target")
}
