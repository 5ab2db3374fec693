import RopeConfig
import RopeMath

/// The plans of a model's layers under one method at one length.
public struct LayerPlans: Sendable, Hashable {
  public var full: RotaryPlan
  /// Of sliding-window layers that have a rotary embedding of their own.
  public var sliding: RotaryPlan?

  public init(full: RotaryPlan, sliding: RotaryPlan? = nil) {
    self.full = full
    self.sliding = sliding
  }

  /// Whether two methods rotate, weigh and hide alike, whatever length they were planned for.
  public func isSameRotation(as other: LayerPlans) -> Bool {
    full.isSameRotation(as: other.full)
      && (sliding == nil) == (other.sliding == nil)
      && (sliding.flatMap { own in other.sliding.map { own.isSameRotation(as: $0) } } ?? true)
  }
}

extension RotaryPlan {
  /// Equality of everything but the length, in the terms that logits depend on.
  func isSameRotation(as other: RotaryPlan) -> Bool {
    geometry == other.geometry && inverseFrequencies == other.inverseFrequencies
      && attentionFactor == other.attentionFactor && softmaxScaleFactor == other.softmaxScaleFactor
      && queryScale == other.queryScale && bands == other.bands && decayRates == other.decayRates
      && pairStreams == other.pairStreams && visibility == other.visibility && normalisation == other.normalisation
      && logitByDistance == other.logitByDistance && sink == other.sink && rotatedLayers == other.rotatedLayers
      && scaledLayers == other.scaledLayers
  }
}
