import RopeMath

/// What a method changes for texts of the trained length, which needed no scaling.
///
/// Series: `ratio_at_trained` (each method).
public enum ShortContextCost: Analysis {
  public static let card = AnalysisCard(
    id: "short-context-cost", title: "Change at the trained length", unit: "θ′/θ of training", xLabel: "pair",
    formula: "θ′_i(L0)/θ_i against the trained frequencies, with the plan made for L0 tokens",
    caveat: "Methods that move with the length are unchanged here; the others pay for long texts on short ones.",
    references: [.arXiv("2309.00071", "YaRN", "§3.3")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    context.subjects.compactMap { subject in
      guard let plan = try? subject.method.plan(length: context.trainedLength) else { return nil }
      let trained = context.trainedPlan(for: plan)
      let ratios = zip(plan.inverseFrequencies, trained.inverseFrequencies).map { $1 > 0 ? $0 / $1 : .nan }
      let last = context.trainedLength - 1
      return card.overPairs(
        "ratio_at_trained", ratios, method: subject.label, length: context.trainedLength,
        summary: [
          .resolutionKeptAtTrained: plan.resolutionKept(trained),
          .geometricMeanRatioAtTrained: plan.geometricMeanRatio(trained),
          .logitFactorAtTrained: plan.logitDeviation(of: 1, query: last)
            / trained.logitDeviation(of: 1, query: last),
          .pairsChangedAtTrained: Double(ratios.count { abs($0 - 1) > 1e-9 }),
        ])
    }
  }
}

extension SummaryKey {
  /// At the trained length: share of the trained resolution, mean of θ′/θ, multiple of the trained logits, pairs that change.
  public static let resolutionKeptAtTrained = Self("resolution_kept_at_trained"),
    geometricMeanRatioAtTrained = Self("geometric_mean_ratio_at_trained"),
    logitFactorAtTrained = Self("logit_factor_at_trained"), pairsChangedAtTrained = Self("pairs_changed_at_trained")
}
