import RopeMath

/// What the closed forms say of one method at one length that was measured, to lay beside the measured numbers.
public struct MeasuredReach: Sendable, Hashable, Codable {
  public var method: String
  /// Tokens.
  public var length: Int
  /// Tokens; nil where nothing limits it.
  public var phaseSafeLength: Double?
  public var pairCount: Int
  /// Pairs that meet angles which training did not show.
  public var pairsWithNewAngles: Int
  /// Mean over pairs of the share of positions that stand at such angles.
  public var shareOutOfDistribution: Double
  /// `Σθ′²/Σθ²` against the trained frequencies.
  public var resolutionKept: Double
  /// What the newest query's whole logits are multiplied by, `t·g·√(a⁴d/D + 1 − d/D)`.
  public var logitFactor: Double

  /// - Parameters:
  ///   - plan: the method's plan at the length.
  ///   - trained: what counts as trained.
  ///   - earlier: earlier stages of its training.
  public init(method: String, plan: RotaryPlan, trained: RotaryPlan, earlier: [RotaryPlan] = []) {
    let angles = TrainedAngles(trained, earlier: earlier), distances = plan.distanceCount(length: plan.length)
    let pairs = 0..<min(plan.pairCount, angles.largest.count)
    let shares = pairs.map { angles.unseenShare(pair: $0, angle: plan.inverseFrequencies[$0] * distances) }
    let safe = plan.phaseSafeLength(angles)
    self.method = method
    length = plan.length
    phaseSafeLength = safe.isFinite ? safe : nil
    pairCount = plan.pairCount
    // A ceiling one token beyond the trained distances counts as inside, as it does for the phase-safe length.
    pairsWithNewAngles = plan.isOneStepOutside(angles) ? 0 : shares.count { $0 > 1e-9 }
    shareOutOfDistribution = shares.reduce(0, +) / Double(max(1, shares.count))
    resolutionKept = plan.resolutionKept(trained)
    logitFactor = plan.logitDeviation(of: 1, query: plan.length - 1)
  }

  /// Its numbers by the names that predictions have for them; the phase-safe length as a share of the measured one.
  public var columns: [(name: String, value: Double)] {
    [
      (ClosedForm.phaseSafeShare.name, (phaseSafeLength ?? .infinity) / Double(length)),
      (ClosedForm.pairsWithNewAngles.name, Double(pairsWithNewAngles)),
      (ClosedForm.shareOutOfDistribution.name, shareOutOfDistribution),
      (ClosedForm.resolutionKept.name, resolutionKept), (ClosedForm.logitFactor.name, logitFactor),
    ]
  }

  private enum CodingKeys: String, CodingKey {
    case method, length
    case phaseSafeLength = "phase_safe_length"
    case pairCount = "pair_count"
    case pairsWithNewAngles = "pairs_with_new_angles"
    case shareOutOfDistribution = "share_out_of_distribution"
    case resolutionKept = "resolution_kept"
    case logitFactor = "logit_factor"
  }
}
