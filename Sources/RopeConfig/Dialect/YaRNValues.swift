import RopeJSON
import RopeMath

/// YaRN as a runtime settled it: the keys that it honours, its defaults for the rest.
struct YaRNValues: Sendable {
  var factor: Double
  var original: Double
  var betaFast = 32.0
  var betaSlow = 1.0
  var truncates = true
  var attentionFactor: Double
  var extrapolationFactor = 1.0

  /// The ramp's ends as transformers reads them: 0 and null mean the default.
  mutating func readBetas(_ scaling: ScalingDictionary, zeroIsDefault: Bool) throws(ConfigurationError) {
    let fast = try scaling.number("beta_fast")
    let slow = try scaling.number("beta_slow")
    betaFast = zeroIsDefault && fast == 0 ? 32 : fast ?? 32
    betaSlow = zeroIsDefault && slow == 0 ? 1 : slow ?? 1
  }

  /// `gm(s, mscale)/gm(s, mscale_all_dim)` where both are given and pass the runtime's test of being given.
  static func pairedMagnitude(
    _ scaling: ScalingDictionary, factor: Double, zeroCounts: Bool
  ) throws(ConfigurationError) -> Double? {
    guard let mscale = try scaling.number("mscale"), let all = try scaling.number("mscale_all_dim"),
      zeroCounts || (mscale != 0 && all != 0)
    else { return nil }
    return YaRNTemperature.magnitude(scale: factor, coefficient: mscale)
      / YaRNTemperature.magnitude(scale: factor, coefficient: all)
  }

  /// An explicit `attention_factor`, the mscale pair, or `gm(s)`: transformers since 4.49.
  static func attentionFactor(_ scaling: ScalingDictionary, factor: Double) throws(ConfigurationError) -> Double {
    if let given = try scaling.number("attention_factor") { return given }
    let paired = try pairedMagnitude(scaling, factor: factor, zeroCounts: false)
    return paired ?? YaRNTemperature.magnitude(scale: factor)
  }

  var part: MethodSpecification.Part {
    var part = Interpretation.part(
      "yarn",
      [
        "factor": factor, "original_max_position_embeddings": original, "beta_fast": betaFast, "beta_slow": betaSlow,
        "attention_factor": attentionFactor,
      ])
    part.given["truncate"] = .flag(truncates)
    if extrapolationFactor != 1 { part.given["extrapolation_factor"] = .number(extrapolationFactor) }
    return part
  }

  /// The part of the temperature that latent attention applies to the softmax scale.
  static func latentScale(factor: Double, coefficient: Double) -> [MethodSpecification.Part] {
    coefficient == 0 || factor <= 1
      ? [] : [Interpretation.part("mla-mscale", ["factor": factor, "mscale_all_dim": coefficient])]
  }
}
