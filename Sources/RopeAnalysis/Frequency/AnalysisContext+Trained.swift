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

  /// The stages of training before `trainedPlan(for:)`; none where the plan is another model's.
  public func earlierStages(for plan: RotaryPlan) -> [RotaryPlan] {
    plan.geometry.rotaryDimension == baseline.geometry.rotaryDimension ? earlierStages : []
  }

  func trainedAngles(for plan: RotaryPlan) -> TrainedAngles {
    TrainedAngles(trainedPlan(for: plan), earlier: earlierStages(for: plan))
  }

  var trainedAngles: TrainedAngles { TrainedAngles(baseline, earlier: earlierStages) }
}
