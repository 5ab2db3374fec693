import RopeJSON
import RopeMath

/// Readings that several runtimes share.
extension LayerScaling {
  /// Position interpolation with the required `factor`.
  func linear() throws(ConfigurationError) -> Interpretation {
    Interpretation("linear", ["factor": try scaling.required("factor", for: "linear")])
  }

  /// Dynamic NTK that grows from the window.
  func dynamic() throws(ConfigurationError) -> Interpretation {
    try refuseTinyHead()
    return Interpretation(
      "dynamic",
      [
        "factor": try scaling.required("factor", for: "dynamic"), "original_max_position_embeddings": Double(window),
      ])
  }

  /// Llama-3 scaling with every key required.
  func llama3() throws(ConfigurationError) -> Interpretation {
    var numbers: [String: Double] = [:]
    for key in ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"] {
      numbers[key] = try scaling.required(key, for: "llama3")
    }
    return Interpretation("llama3", numbers)
  }

  /// Llama-3 scaling where `λ < high` is tested first: a low factor above the high one then has no effect.
  func llama3TestingHighFirst(
    factor: Double, low: Double, high: Double, original: Double
  ) -> Interpretation {
    Interpretation(
      "llama3",
      [
        "factor": factor, "low_freq_factor": min(low, high), "high_freq_factor": high,
        "original_max_position_embeddings": original,
      ])
  }

  /// LongRoPE with its lists and a settled attention factor; where `fixed` is given, that list at every length.
  func longRoPE(
    switchLength: Double, attentionFactor: Double, fixed: String? = nil,
    magnitudes: (short: Double, long: Double)? = nil
  ) throws(ConfigurationError) -> Interpretation {
    let short = try factors(fixed ?? "short_factor")
    let long = try factors(fixed ?? "long_factor")
    var part = Interpretation.part(
      "longrope",
      [
        "factor": 1, "original_max_position_embeddings": switchLength, "attention_factor": attentionFactor,
      ])
    part.given["short_factor"] = .numbers(short)
    part.given["long_factor"] = .numbers(long)
    if let magnitudes {
      part.given["short_mscale"] = .number(magnitudes.short)
      part.given["long_mscale"] = .number(magnitudes.long)
    }
    return Interpretation([part])
  }

  /// p-RoPE; `honoursFactor` is false where a runtime leaves its `factor` out.
  func proportional(honoursFactor: Bool) throws(ConfigurationError) -> Interpretation {
    let declared = try declaredNumber("partial_rotary_factor")
    let share = try scaling.number("partial_rotary_factor") ?? declared ?? 1
    let factor = try scaling.number("factor") ?? 1
    let notes =
      !honoursFactor && factor != 1
      ? ["factor \(factor.formattedShortest) is ignored by proportional rotation here"] : []
    return Interpretation(
      "proportional", ["partial_rotary_factor": share, "factor": honoursFactor ? factor : 1], notes: notes)
  }

  /// Python divides by zero in the exponent d/(d − 2).
  func refuseTinyHead() throws(ConfigurationError) {
    if geometry.rotaryDimension == 2 {
      throw scaling.error("NTK scaling of a rotary dimension of 2 divides by zero")
    }
  }

  /// YaRN's ramp divides by the logarithm of the base.
  func refuseUnitBase() throws(ConfigurationError) {
    if geometry.base == 1 { throw scaling.error("YaRN divides by ln(rope_theta), which is 0 for a base of 1") }
  }

  /// A note for each key that stands there and is not looked at.
  func ignored(_ keys: String...) -> [String] { ignored(keys) }

  func ignored(_ keys: [String]) -> [String] {
    keys.filter { scaling.has($0) && !scaling.isNull($0) }
      .map { "“\($0)” is ignored" }
  }
}
