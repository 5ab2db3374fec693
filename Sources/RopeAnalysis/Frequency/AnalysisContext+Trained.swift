import RopeMath

extension AnalysisContext {
  /// What counts as trained for a plan: the baseline, or, where the plan rotates another share of the head than the
  /// model does, the unscaled model with that share, since only a model that was trained that way can run it.
  public func trainedPlan(for plan: RotaryPlan) -> RotaryPlan {
    guard plan.geometry.rotaryDimension != baseline.geometry.rotaryDimension,
      let other = try? RotaryPlan(geometry: plan.geometry, length: trainedLength)
    else { return baseline }
    return other
  }

  /// The stages of training that count for a plan: the model's own, or, where the plan rotates another share of the head,
  /// `trainedPlan(for:)` alone.
  public func training(for plan: RotaryPlan) -> TrainedDistances {
    plan.geometry.rotaryDimension == baseline.geometry.rotaryDimension
      ? training : TrainedDistances(trainedPlan(for: plan))
  }

  /// The plans of the stages but the last; none where the plan is another model's.
  public func earlierStages(for plan: RotaryPlan) -> [RotaryPlan] { training(for: plan).stages.dropLast().map(\.plan) }

  func trainedAngles(for plan: RotaryPlan) -> TrainedAngles { TrainedAngles(training(for: plan)) }

  var trainedAngles: TrainedAngles { TrainedAngles(training) }
}
