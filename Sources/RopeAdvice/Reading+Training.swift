import RopeConfig
import RopeMath

extension LayerRotary {
  /// Stages of training before the one that a plan stands for: plain rotation at the length before a scaling that the
  /// file ships. Empty where the plan is plain, or no longer than that.
  public func earlierStages(before trained: RotaryPlan) -> [RotaryPlan] {
    let isPlain = trained.inverseFrequencies == geometry.inverseFrequencies
    guard !isPlain, geometry.trainedLength < trained.length,
      let plain = try? RotaryPlan(geometry: geometry, length: geometry.trainedLength)
    else { return [] }
    return [plain]
  }
}
