import RopeMath

/// One method in the comparison table: every property as one number. Values that have no meaning are not numbers, and
/// null in JSON.
public struct ComparisonRow: Sendable, Codable {
  public var label: String
  public var ids: [String]
  public var title: String
  /// Tokens; infinite where nothing limits it.
  public var phaseSafeLength: Double = .nan
  /// Phase-safe length over the target, not capped.
  public var shareOfTarget: Double = .nan
  public var pairsWithNewAngles: Double = .nan
  /// Completed pairs that stand between trained angles at the target, had the model been trained under the method: none
  /// where wavelengths are whole tokens.
  public var pairsWithInterpolatedAngles: Double = .nan
  /// Mean over pairs of the share of the circle that is new.
  public var meanNewArc: Double = .nan
  public var shareOutOfDistribution: Double = .nan
  public var resolutionKept: Double = .nan
  public var geometricMeanRatio: Double = .nan
  /// Geometric mean of `θ′/θ` over the pairs that turned 1 to 32 times in training, where most methods differ.
  public var middleRatio: Double = .nan
  /// What whole logits are multiplied by, against the trained model: `t·g·√(a⁴d/D + 1 − d/D)`, as the standard deviation
  /// of isotropic ones is.
  public var logitFactor: Double = .nan
  public var entropyAtTrained: Double = .nan
  public var entropyAtTarget: Double = .nan
  /// Tokens.
  public var firstSignChange: Double = .nan
  /// Smallest factor that would be phase-safe, and what it keeps of the resolution.
  public var neededFactor: Double = .nan
  public var neededResolutionKept: Double = .nan
  public var resolutionKeptAtTrained: Double = .nan
  public var entropyShiftAtTrained: Double = .nan
  /// K0, K1, K2, K3, Kq or Kp.
  public var hazard: String
  public var training: MethodCard.Training
  /// Exactness and training as the controlled study arXiv 2409.12181 classes them: `exact, frozen`.
  public var studyClass: String
  /// Scores that one head computes for the newest token at the target.
  public var scoresPerToken: Double = .nan
  /// Whether every query attends to every key before it under one softmax; false where keys are left out or grouped.
  public var isExact: Bool

  enum CodingKeys: String, CodingKey, CaseIterable {
    case label, ids, title, hazard, training
    case isExact = "exact"
    case studyClass = "class"
    case scoresPerToken = "scores_per_token"
    case phaseSafeLength = "phase_safe_length"
    case shareOfTarget = "share_of_target"
    case pairsWithNewAngles = "pairs_with_new_angles"
    case pairsWithInterpolatedAngles = "pairs_with_interpolated_angles"
    case meanNewArc = "mean_new_arc"
    case shareOutOfDistribution = "share_out_of_distribution"
    case resolutionKept = "resolution_kept"
    case geometricMeanRatio = "geometric_mean_ratio"
    case middleRatio = "middle_ratio"
    case logitFactor = "logit_factor"
    case entropyAtTrained = "entropy_at_trained"
    case entropyAtTarget = "entropy_at_target"
    case firstSignChange = "first_sign_change"
    case neededFactor = "needed_factor"
    case neededResolutionKept = "needed_resolution_kept"
    case resolutionKeptAtTrained = "resolution_kept_at_trained"
    case entropyShiftAtTrained = "entropy_shift_at_trained"
  }
}
