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

  private static func summary(_ plan: RotaryPlan, _ context: AnalysisContext) -> [String: Double] {
    let rotating = plan.wavelengths.filter(\.isFinite)
    func share(_ length: Int) -> Double {
      Double(plan.wavelengths.count { $0 <= Double(length) }) / Double(plan.pairCount)
    }
    return [
      "longest": rotating.max() ?? .nan, "shortest": rotating.min() ?? .nan,
      "critical_pair": Double(plan.wavelengths.firstIndex { $0 > Double(context.trainedLength) } ?? plan.pairCount),
      "share_completing_turn_trained": share(context.trainedLength),
      "share_completing_turn_target": share(context.targetLength),
    ]
  }
}
