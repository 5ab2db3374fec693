import RopeMath

/// The comparison table: a row a method, read from the summaries of the analyses.
public enum Comparison {
  public static func rows(_ context: AnalysisContext, series: [AnalysisSeries]) -> [ComparisonRow] {
    context.subjects.map { subject in
      let own = series.filter { $0.method == subject.label }
      func value(_ analysis: String, _ key: String) -> Double {
        own.lazy.filter { $0.name == analysis }.compactMap { $0.summary[key] }.first ?? .nan
      }
      let cards = subject.method.cards, trained = context.trainedPlan(for: subject.plan),
        last = context.targetLength - 1
      var row = ComparisonRow(
        label: subject.label, ids: subject.method.specification.parts.map(\.id),
        title: cards.map(\.title).joined(separator: " + "), hazard: hazard(cards),
        training: cards.map(\.training).max { order($0) < order($1) } ?? .none,
        studyClass: MethodCard.studyClass(cards),
        isExact: cards.allSatisfy { $0.exactness == .exact })
      row.scoresPerToken = value(WorkPerToken.card.id, "scores_at_target")
      row.phaseSafeLength = value(PhaseSafeLength.card.id, "phase_safe_length")
      row.shareOfTarget = row.phaseSafeLength / Double(context.targetLength)
      row.neededFactor = value(PhaseSafeLength.card.id, "needed_factor")
      row.neededResolutionKept = value(PhaseSafeLength.card.id, "needed_resolution_kept")
      row.pairsWithNewAngles = value(Coverage.card.id, "pairs_with_new_angles")
      row.pairsWithInterpolatedAngles = value(Coverage.card.id, "pairs_with_interpolated_angles")
      row.meanNewArc = value(Coverage.card.id, "mean_new_arc")
      row.shareOutOfDistribution = value(ExtrapolatedAngles.card.id, "share_out_of_distribution")
      row.resolutionKept = subject.plan.resolutionKept(trained)
      row.middleRatio = subject.plan.middleRatio(trained)
      row.geometricMeanRatio = subject.plan.geometricMeanRatio(trained)
      row.logitFactor =
        subject.plan.logitDeviation(of: 1, query: last)
        / trained.logitDeviation(of: 1, query: context.trainedLength - 1)
      row.entropyAtTrained = value(AttentionEntropy.card.id, "entropy_at_trained")
      row.entropyAtTarget = value(AttentionEntropy.card.id, "entropy_at_target")
      row.entropyShiftAtTrained = value(AttentionEntropy.card.id, "entropy_shift_at_trained")
      row.firstSignChange = value(ScoreByDistance.card.id, "first_sign_change")
      row.resolutionKeptAtTrained = value(ShortContextCost.card.id, "resolution_kept_at_trained")
      return row
    }
  }

  /// The worst of the parts: a method that moves makes the whole move.
  private static func hazard(_ cards: [MethodCard]) -> String {
    let order = ["K0", "Kq", "Kp", "K3", "K1", "K2"]
    return cards.map(\.hazardClass).max { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) } ?? "K0"
  }

  private static func order(_ training: MethodCard.Training) -> Int {
    switch training {
    case .none: 0
    case .optional: 1
    case .required: 2
    }
  }
}
