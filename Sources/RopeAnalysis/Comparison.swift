import RopeMath

/// The comparison table: a row a method, read from the summaries of the analyses.
public enum Comparison {
  public static func rows(_ context: AnalysisContext, series: [AnalysisSeries]) -> [ComparisonRow] {
    context.subjects.map { subject in
      let own = series.filter { $0.method == subject.label }
      func value(_ key: SummaryKey, of analysis: any Analysis.Type) -> Double {
        own.value(key, of: analysis.card.id, method: subject.label) ?? .nan
      }
      let cards = subject.method.cards, trained = context.trainedPlan(for: subject.plan),
        last = context.targetLength - 1
      var row = ComparisonRow(
        label: subject.label, ids: subject.method.specification.parts.map(\.id),
        title: cards.map(\.title).joined(separator: " + "), hazard: hazard(cards),
        training: cards.map(\.training).max { order($0) < order($1) } ?? .none,
        studyClass: MethodCard.studyClass(cards),
        isExact: cards.allSatisfy { $0.exactness == .exact })
      row.scoresPerToken = value(.scoresAtTarget, of: WorkPerToken.self)
      row.phaseSafeLength = value(.phaseSafeLength, of: PhaseSafeLength.self)
      row.shareOfTarget = row.phaseSafeLength / Double(context.targetLength)
      row.neededFactor = value(.neededFactor, of: PhaseSafeLength.self)
      row.neededResolutionKept = value(.neededResolutionKept, of: PhaseSafeLength.self)
      row.pairsWithNewAngles = value(.pairsWithNewAngles, of: Coverage.self)
      row.pairsWithInterpolatedAngles = value(.pairsWithInterpolatedAngles, of: Coverage.self)
      row.meanNewArc = value(.meanNewArc, of: Coverage.self)
      row.shareOutOfDistribution = value(.shareOutOfDistribution, of: ExtrapolatedAngles.self)
      row.resolutionKept = subject.plan.resolutionKept(trained)
      row.middleRatio = subject.plan.middleRatio(trained)
      row.geometricMeanRatio = subject.plan.geometricMeanRatio(trained)
      row.logitFactor =
        subject.plan.logitDeviation(of: 1, query: last)
        / trained.logitDeviation(of: 1, query: context.trainedLength - 1)
      row.entropyAtTrained = value(.entropyAtTrained, of: AttentionEntropy.self)
      row.entropyAtTarget = value(.entropyAtTarget, of: AttentionEntropy.self)
      row.entropyShiftAtTrained = value(.entropyShiftAtTrained, of: AttentionEntropy.self)
      row.firstSignChange = value(.firstSignChange, of: ScoreByDistance.self)
      row.resolutionKeptAtTrained = value(.resolutionKeptAtTrained, of: ShortContextCost.self)
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
