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

    /// The plan with the trained temperature in place of its own.
    static func withoutTemperature(_ plan: RotaryPlan, baseline: RotaryPlan) -> RotaryPlan {
      var plain = plan
      plain.attentionFactor = baseline.attentionFactor
      plain.softmaxScaleFactor = baseline.softmaxScaleFactor
      plain.queryScale = baseline.queryScale
      return plain
    }
  }
}
