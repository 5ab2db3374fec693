/// A closed form that is set beside measurements, one number a method and length.
public struct ClosedForm: Sendable {
  /// As records call it.
  public let name: String
  /// What axes and columns of tables call it.
  public let title: String
  /// Its number in the comparison table at a length, NaN where it stands in none of the columns. Lengths are taken as
  /// shares of that one, entropies as the distance from what was trained.
  public let value: @Sendable (_ row: ComparisonRow, _ length: Int) -> Double

  private init(
    _ name: String, _ title: String, value: @escaping @Sendable (_ row: ComparisonRow, _ length: Int) -> Double
  ) {
    self.name = name
    self.title = title
    self.value = value
  }

  private init(_ name: String, _ title: String, _ column: KeyPath<ComparisonRow, Double> & Sendable) {
    self.init(name, title) { row, _ in row[keyPath: column] }
  }

  public static let phaseSafeShare = ClosedForm("phase_safe_share", "Phase-safe length / length", \.shareOfTarget)
  public static let pairsWithNewAngles = ClosedForm(
    "pairs_with_new_angles", "Pairs with new angles", \.pairsWithNewAngles)
  public static let meanNewArc = ClosedForm("mean_new_arc", "Mean new arc", \.meanNewArc)
  public static let shareOutOfDistribution = ClosedForm(
    "share_out_of_distribution", "Share of new angles", \.shareOutOfDistribution)
  public static let resolutionKept = ClosedForm("resolution_kept", "Resolution kept", \.resolutionKept)
  public static let logitFactor = ClosedForm("logit_factor", "Logits ×", \.logitFactor)
  /// The chance that a matched key scores above all others, mean over distances.
  public static let meanChance = ClosedForm(SummaryKey.meanChance.name, "Chance of the matched key") { _, _ in .nan }

  /// In the order in which they are listed.
  public static let all = [
    phaseSafeShare, pairsWithNewAngles, meanNewArc, shareOutOfDistribution, resolutionKept,
    ClosedForm("middle_ratio", "θ′/θ of middle pairs", \.middleRatio),
    ClosedForm("geometric_mean_ratio", "Mean θ′/θ", \.geometricMeanRatio),
    logitFactor,
    ClosedForm("entropy_gap", "Entropy gap (nats)") { row, _ in abs(row.entropyAtTarget - row.entropyAtTrained) },
    ClosedForm("entropy_shift_at_trained", "Entropy shift, short texts", \.entropyShiftAtTrained),
    ClosedForm("first_sign_change_share", "First sign change / length") { row, length in
      row.firstSignChange / Double(length)
    },
    ClosedForm("scores_per_token", "Scores per token", \.scoresPerToken),
    meanChance,
  ]

  /// What readers see of a name; the name itself where it is none of these.
  public static func title(of name: String) -> String { all.first { $0.name == name }?.title ?? name }
}
