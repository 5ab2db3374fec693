/// A closed form that is set beside measurements, one number a method and length.
public struct ClosedForm: Sendable {
  /// As records call it.
  public let name: String
  /// What axes and columns of tables call it.
  public let title: String
  /// What it is read from, where the plan alone does not tell it.
  public let analysis: (any Analysis.Type)?
  /// Its number in the comparison table at a length, NaN where it stands in none of the columns. Lengths are taken as
  /// shares of that one, entropies as the distance from what was trained.
  private let column: @Sendable (_ row: ComparisonRow, _ length: Int) -> Double
  /// Its number among the summaries of the analysis where it is none of the columns.
  private let summary: SummaryKey?

  private init(
    _ name: String, _ title: String, from analysis: (any Analysis.Type)? = nil, summary: SummaryKey? = nil,
    column: @escaping @Sendable (_ row: ComparisonRow, _ length: Int) -> Double = { _, _ in .nan }
  ) {
    self.name = name
    self.title = title
    self.analysis = analysis
    self.summary = summary
    self.column = column
  }

  private init(
    _ name: String, _ title: String, _ column: KeyPath<ComparisonRow, Double> & Sendable,
    from analysis: (any Analysis.Type)? = nil
  ) {
    self.init(name, title, from: analysis) { row, _ in row[keyPath: column] }
  }

  /// Its number for a method of the comparison table; NaN where it has none.
  ///
  /// - Parameters:
  ///   - series: what the analyses gave.
  ///   - length: tokens at which the method stands.
  public func value(_ row: ComparisonRow, in series: [AnalysisSeries], length: Int) -> Double {
    guard let summary, let analysis else { return column(row, length) }
    return series.value(summary, of: analysis.card.id, method: row.label) ?? .nan
  }

  public static let phaseSafeShare = ClosedForm(
    "phase_safe_share", "Phase-safe length / length", \.shareOfTarget, from: PhaseSafeLength.self)
  public static let pairsWithNewAngles = ClosedForm(
    "pairs_with_new_angles", "Pairs with new angles", \.pairsWithNewAngles, from: Coverage.self)
  public static let meanNewArc = ClosedForm("mean_new_arc", "Mean new arc", \.meanNewArc, from: Coverage.self)
  public static let shareOutOfDistribution = ClosedForm(
    "share_out_of_distribution", "Share of new angles", \.shareOutOfDistribution, from: ExtrapolatedAngles.self)
  public static let resolutionKept = ClosedForm("resolution_kept", "Resolution kept", \.resolutionKept)
  public static let logitFactor = ClosedForm("logit_factor", "Logits ×", \.logitFactor)
  public static let entropyGap = ClosedForm("entropy_gap", "Entropy gap (nats)", from: AttentionEntropy.self) {
    row, _ in
    abs(row.entropyAtTarget - row.entropyAtTrained)
  }
  /// The chance that a matched key scores above all others, mean over distances.
  public static let meanChance = ClosedForm(
    SummaryKey.meanChance.name, "Chance of the matched key", from: SignalNoise.self, summary: .meanChance)

  /// Those that tell how far a method goes into angles that training did not show.
  public static let newAngles = [pairsWithNewAngles, meanNewArc, shareOutOfDistribution]

  /// In the order in which they are listed.
  public static let all =
    [phaseSafeShare] + newAngles
    + [
      resolutionKept,
      ClosedForm("middle_ratio", "θ′/θ of middle pairs", \.middleRatio),
      ClosedForm("geometric_mean_ratio", "Mean θ′/θ", \.geometricMeanRatio),
      logitFactor, entropyGap,
      ClosedForm(
        "entropy_shift_at_trained", "Entropy shift, short texts", \.entropyShiftAtTrained, from: AttentionEntropy.self),
      ClosedForm("first_sign_change_share", "First sign change / length", from: ScoreByDistance.self) { row, length in
        row.firstSignChange / Double(length)
      },
      ClosedForm("scores_per_token", "Scores per token", \.scoresPerToken, from: WorkPerToken.self),
      meanChance,
    ]

  /// What readers see of a name; the name itself where it is none of these.
  public static func title(of name: String) -> String { all.first { $0.name == name }?.title ?? name }
}
