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
}
