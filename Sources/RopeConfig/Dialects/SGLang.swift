import RopeJSON
import RopeMath

/// `srt/layers/rotary_embedding/factory.py`, `get_rope`: `attention_factor` is not in its list.
enum SGLang {
  /// The values in which releases differ.
  struct Rules: Sendable {
    var dictionary = Dialect.DictionarySource.ropeScalingOnly
    var readsAlpha = false
    var readsTruncate = false
    /// Missing numbers get defaults with a warning instead of a KeyError.
    var fillsDefaults = false
    /// YaRN with M-RoPE sections; before, the sections are lost.
    var hasMultimodalYaRN = false
    var knowsProportional = false
    var readsMagnitudes = false
    var window = WindowRule(
      keys: ["max_sequence_length", "seq_length", "max_seq_len", "model_max_length", "max_position_embeddings"],
      choice: .first, takesClassDefault: true, originalStopsFactor: true, looksIntoLayerTypes: false,
      typeKeys: ["rope_type"], longer: .warned,
      option: "--context-length", permission: "SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1")
  }

  static func dialect(_ rules: Rules) -> Dialect {
    Dialect(
      dictionary: rules.dictionary, typeKey: .ropeTypeFirst, window: rules.window,
      interpret: { (question) throws(ConfigurationError) in try interpret(question, rules) },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.overrides(request) })
  }

  /// A number that a release fills in, or stops without.
  private static func number(
    _ question: LayerScaling, _ key: String, _ fallback: Double, _ rules: Rules
  ) throws(ConfigurationError) -> Double {
    let given = try question.scaling.number(key)
    guard let given else {
      guard rules.fillsDefaults else {
        throw question.scaling.error("\(question.type ?? "") scaling needs “\(key)” (KeyError)")
      }
      return fallback
    }
    return given
  }

  static func interpret(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    if question.type == nil, rules.dictionary == .ropeScalingOnly {
      throw ConfigurationError(refusing: "rope_scaling has neither “rope_type” nor “type” (ValueError)")
    }
    let scaling = question.scaling
    if question.isLatent { return try latentYaRN(question, rules) }
    switch question.type ?? "default" {
    case "default", "mrope": return .unscaled()
    case "linear": return Interpretation("linear", ["factor": try number(question, "factor", 1, rules)])
    case "dynamic":
      try question.refuseTinyHead()
      if rules.readsAlpha, let alpha = try scaling.number("alpha") { return Interpretation("ntk", ["factor": alpha]) }
      let factor = try number(question, "factor", 1, rules)
      return Interpretation(
        "ntk", ["factor": factor * factor - factor + 1],
        notes: ["dynamic scaling is static here: α = f² − f + 1 at every length"])
    case "proportional" where rules.knowsProportional: return try question.proportional(honoursFactor: false)
    case "llama3":
      return question.llama3TestingHighFirst(
        factor: try number(question, "factor", 1, rules), low: try number(question, "low_freq_factor", 1, rules),
        high: try number(question, "high_freq_factor", 4, rules), original: try original(question, rules))
    case "yarn": return try yarn(question, rules)
    case "deepseek_yarn": return try latentYaRN(question, rules)
    case "longrope": return try longRoPE(question, rules)
    case let type: throw ConfigurationError(refusing: "rope_type “\(type)” is not known (ValueError)")
    }
  }

  /// The dictionary's own value; transformers has filled it in where it was missing.
  private static func original(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Double {
    let given = try question.originalKey()
    if let given { return given }
    if !rules.fillsDefaults, question.type != "longrope" {
      throw question.scaling.error(
        "\(question.type ?? "") scaling needs “original_max_position_embeddings” (KeyError)")
    }
    return try question.originalAttribute() ?? Double(question.window)
  }

  private static func yarn(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    if question.isMultimodal, rules.hasMultimodalYaRN, rules.readsMagnitudes,
      scaling.has("mscale") || scaling.has("mscale_all_dim")
    {
      throw ConfigurationError(refusing: "the M-RoPE class takes no mscale (TypeError)")
    }
    if scaling.isNull("factor") {
      throw ConfigurationError(refusing: "yarn scaling needs a number: “factor” is null (TypeError)")
    }
    let factor = try number(question, "factor", 1, rules)
    let paired = rules.readsMagnitudes ? try YaRNValues.pairedMagnitude(scaling, factor: factor, zeroCounts: true) : nil
    let magnitude = paired ?? YaRNTemperature.magnitude(scale: factor)
    var attention = magnitude * (try scaling.number("attn_factor") ?? 1)
    var notes = question.ignored("attention_factor")
    if !rules.readsMagnitudes { notes += question.ignored("mscale", "mscale_all_dim") }
    if !rules.readsTruncate { notes += question.ignored("truncate") }
    if ["laguna", "mellum", "k2horizon"].contains(question.modelType),
      let given = try scaling.number("attention_factor")
    {
      // These model files turn it into the multiplier.
      attention = given
      notes.removeAll { $0.contains("attention_factor") }
    }
    var values = YaRNValues(
      factor: factor, original: try original(question, rules),
      truncates: rules.readsTruncate ? try scaling.flag("truncate") ?? true : true, attentionFactor: attention,
      extrapolationFactor: try scaling.number("extrapolation_factor") ?? 1)
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
  private static func latentYaRN(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation
  {
    let scaling = question.scaling
    let factor = try scaling.number("factor") ?? 1
    let mscale = try scaling.number("mscale") ?? 1
    let all = try scaling.number("mscale_all_dim") ?? 0
    var values = YaRNValues(
      factor: factor, original: try original(question, rules),
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

  private static func longRoPE(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let original = try original(question, rules)
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
