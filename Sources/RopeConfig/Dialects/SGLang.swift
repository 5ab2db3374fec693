import RopeJSON
import RopeMath

extension Runtime {
  /// SGLang: missing numbers get defaults with a warning, `attention_factor` is not in its list.
  static let sglang = Runtime(
    name: "sglang", title: "SGLang", version: "0.5.23", date: "2026-10",
    dialect: Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst,
      interpret: { (question) throws(ConfigurationError) in try SGLang.interpret(question) },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.overrides(request) }))
}

/// `srt/layers/rotary_embedding/factory.py`, `get_rope`.
enum SGLang {
  static func interpret(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    if question.isLatent { return try latentYaRN(question) }
    switch question.type ?? "default" {
    case "default", "mrope": return .unscaled()
    case "linear": return Interpretation("linear", ["factor": try scaling.number("factor") ?? 1])
    case "dynamic":
      try question.refuseTinyHead()
      if let alpha = try scaling.number("alpha") { return Interpretation("ntk", ["factor": alpha]) }
      let factor = try scaling.number("factor") ?? 1
      return Interpretation(
        "ntk", ["factor": factor * factor - factor + 1],
        notes: ["dynamic scaling is static here: α = f² − f + 1 at every length"])
    case "proportional": return try question.proportional(honoursFactor: false)
    case "llama3":
      return question.llama3TestingHighFirst(
        factor: try scaling.number("factor") ?? 1, low: try scaling.number("low_freq_factor") ?? 1,
        high: try scaling.number("high_freq_factor") ?? 4, original: try original(question))
    case "yarn": return try yarn(question)
    case "deepseek_yarn": return try latentYaRN(question)
    case "longrope": return try longRoPE(question)
    case let type: throw ConfigurationError(refusing: "rope_type “\(type)” is not known (ValueError)")
    }
  }

  /// The dictionary's own value; transformers has filled it in where it was missing.
  private static func original(_ question: LayerScaling) throws(ConfigurationError) -> Double {
    let given = try question.originalKey()
    if let given { return given }
    return try question.originalAttribute() ?? Double(question.window)
  }

  private static func yarn(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    if question.isMultimodal, scaling.has("mscale") || scaling.has("mscale_all_dim") {
      throw ConfigurationError(refusing: "the M-RoPE class takes no mscale (TypeError)")
    }
    if scaling.isNull("factor") { throw ConfigurationError(refusing: "yarn scaling needs a number: “factor” is null (TypeError)") }
    let factor = try scaling.number("factor") ?? 1
    let magnitude =
      try YaRNValues.pairedMagnitude(scaling, factor: factor, zeroCounts: true)
      ?? YaRNTemperature.magnitude(scale: factor)
    var attention = magnitude * (try scaling.number("attn_factor") ?? 1)
    var notes = question.ignored("attention_factor")
    if ["laguna", "mellum", "k2horizon"].contains(question.modelType),
      let given = try scaling.number("attention_factor")
    {
      // These model files turn it into the multiplier.
      attention = given
      notes = []
    }
    var values = YaRNValues(
      factor: factor, original: try original(question), truncates: try scaling.flag("truncate") ?? true,
      attentionFactor: attention, extrapolationFactor: try scaling.number("extrapolation_factor") ?? 1)
    try question.refuseUnitBase()
    try values.readBetas(scaling, zeroIsDefault: false)
    if question.modelType == "qwen3_moe", Double(question.window) != values.original * factor {
      let ratio = (Double(question.window) / values.original).formattedShortest
      notes.append("with --enable-fused-qk-norm-rope the factor is replaced by the ratio of the lengths, \(ratio)")
    }
    // Its temperature length is not the dictionary's: the top-level attribute, else a constant.
    let temperature = try question.queryTemperature(original: try question.originalAttribute() ?? 16384)
    return Interpretation([values.part] + temperature, notes: notes)
  }

  /// Every dictionary of a DeepSeek model is taken for YaRN.
  private static func latentYaRN(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    let factor = try scaling.number("factor") ?? 1
    let mscale = try scaling.number("mscale") ?? 1
    let all = try scaling.number("mscale_all_dim") ?? 0
    var values = YaRNValues(
      factor: factor, original: try original(question),
      attentionFactor: YaRNTemperature.magnitude(scale: factor, coefficient: mscale)
        / YaRNTemperature.magnitude(scale: factor, coefficient: all))
    try question.refuseUnitBase()
    try values.readBetas(scaling, zeroIsDefault: false)
    let applied = [try scaling.flag("apply_yarn_scaling"), try scaling.flag("apply_scale")]
    let isSkipped = (question.type ?? "default") == "default" || applied.contains(false)
    let latent = question.isLatent && !isSkipped ? YaRNValues.latentScale(factor: factor, coefficient: all) : []
    if factor == 1, latent.isEmpty { return .unscaled() }
    return Interpretation([values.part] + latent, notes: question.ignored("attention_factor", "truncate"))
  }

  private static func longRoPE(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let original = try original(question)
    let factor = LongRoPE.attentionFactor(scale: Double(question.window) / original, trainedLength: original)
    let magnitudes = (
      short: try question.scaling.number("short_mscale") ?? factor,
      long: try question.scaling.number("long_mscale") ?? factor
    )
    // Long as soon as a position lies beyond the original length, which is one token later than in transformers.
    var answer = try question.longRoPE(switchLength: original + 1, attentionFactor: factor, magnitudes: magnitudes)
    answer.notes =
      question.ignored("factor", "attention_factor")
      + ["one long sequence in a batch gives every sequence in it the long list"]
    if Double(question.length) == original + 1 {
      answer.notes.append("at this very length the last token reads row 0 of the long table and is not rotated")
    }
    return answer
  }
}
