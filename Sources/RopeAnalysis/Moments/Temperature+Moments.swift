import RealModule
import RopeMath

extension Temperature {
  /// The multipliers that hold the mean entropy of the model's own heads: under the trained rotation against length, and
  /// for each method's rotation at the target, its own temperature taken off.
  struct MomentMultipliers {
    private let moments: AttentionMoments
    private let wanted: Double

    init(_ moments: AttentionMoments, baseline: RotaryPlan) {
      self.moments = moments
      wanted = MomentAttention(moments, plan: baseline, length: baseline.length).entropy()
    }

    /// The multiplier on top of the plan's own temperature.
    func holding(_ plan: RotaryPlan, length: Int) -> Double {
      plan.hasPlainLogits ? MomentAttention(moments, plan: plan, length: length).multiplier(holding: wanted) : .nan
    }

    /// The multiplier in place of the plan's own temperature.
    func replacing(_ plan: RotaryPlan, baseline: RotaryPlan, length: Int) -> Double {
      var plain = plan
      plain.attentionFactor = baseline.attentionFactor
      plain.softmaxScaleFactor = baseline.softmaxScaleFactor
      plain.queryScale = baseline.queryScale
      return holding(plain, length: length)
    }
  }
}
