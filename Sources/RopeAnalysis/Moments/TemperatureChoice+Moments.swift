import RopeMath

extension TemperatureChoice {
  /// κ of the model's own heads under the trained rotation, where their moments were measured.
  public static func holdingMultiplier(of moments: AttentionMoments, baseline: RotaryPlan, targetLength: Int) -> Double
  {
    Temperature.MomentMultipliers(moments, baseline: baseline).holding(baseline, length: targetLength)
  }
}
