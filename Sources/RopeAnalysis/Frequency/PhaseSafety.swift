import RopeMath

/// What training showed of each pair's circle, for those who ask of one plan without a run.
public struct PhaseSafety: Sendable {
  private let trained: TrainedAngles

  public init(_ training: TrainedDistances) { trained = TrainedAngles(training) }

  /// The longest context, in tokens, in which a plan shows no angle that training did not; infinite where nothing limits
  /// it.
  public func length(of plan: RotaryPlan) -> Double { plan.phaseSafeLength(trained) }
}
