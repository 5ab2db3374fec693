import RealModule
import RopeJSON
import RopeMath

/// `vllm/model_executor/layers/rotary_embedding`, as `get_rope` chooses among its classes, release by release.
enum VLLM {
  /// The values in which releases differ.
  struct Rules: Sendable {
    enum MultimodalYaRN: Sendable {
      /// The ordinary class: the sections are lost.
      case plain
      /// A class that enlarges its table by 4 before it computes the ramp.
      case enlarged
    }

    var dictionary = Dialect.DictionarySource.ropeScalingOnly
    var typeKey = Dialect.TypeKey.typeFirst
    /// `su` becomes `longrope`, `mrope` becomes `default`, before the type is looked up.
    var renamesOldTypes = false
    var types: Set = ["llama3", "linear", "dynamic", "yarn", "deepseek_yarn", "su", "longrope", "mrope"]
    var takesPartialLongRoPE = false
    var readsAlpha = false
    var multimodalYaRN = MultimodalYaRN.plain
    /// LongRoPE's list follows the batch.
    var switchesLongRoPE = true
    var readsApplyYaRNScaling = false
    var readsTruncate = false
    var checksShare = false
    /// α = f² − f + 1 at every length.
    var dynamicIsSquare = true
    /// `attention_factor` and the mscale pair count instead of `attn_factor` and `extrapolation_factor`.
    var readsAttentionFactor = false
    var window = WindowRule(
      keys: [
        "max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "model_max_length",
        "max_sequence_length",
        "max_seq_length", "seq_len",
      ], choice: .smallest, takesClassDefault: true, unmultiplied: ["su", "longrope", "llama3", "default", "mrope"],
      yarnStartsFromOriginal: true,
      longer: .refused, option: "--max-model-len", permission: "VLLM_ALLOW_LONG_MAX_MODEL_LEN=1")
  }

  static func dialect(_ rules: Rules) -> Dialect {
    Dialect(
      dictionary: rules.dictionary, typeKey: rules.typeKey, share: .always, window: rules.window,
      interpret: { (layer) throws(ConfigurationError) in
        if rules.checksShare, let share = try layer.scaling.number("partial_rotary_factor"), !(share > 0 && share <= 1)
        {
          throw ConfigurationError(
            refusing:
              "“partial_rotary_factor” is \(share.formattedShortest), expected above 0 and at most 1 (ValueError)")
        }
        var answer = try interpret(layer, rules)
        if isOfMistral(layer) {
          answer.parts += try layer.queryTemperature(original: Double(layer.geometry.trainedLength))
        } else if layer.scaling.has("llama_4_scaling_beta") {
          answer.notes.append("“llama_4_scaling_beta” inside rope_parameters is not read: queries are not scaled")
        }
        return answer
      },
      positions: { (declaration) throws(ConfigurationError) in
        guard let dual = declaration.value(anyOf: ["dual_chunk_attention_config"]) else { return nil }
        return try dualChunks(ScalingDictionary(declaration: declaration, value: dual))
      },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.overrides(request) })
  }

  /// Mistral's own format, whose `llama_4_scaling` stands beside the scaling.
  private static func isOfMistral(_ layer: LayerScaling) -> Bool {
    layer.scaling.declaration.value(anyOf: ["llama_4_scaling"]) != nil
  }

  /// YaRN's attention factor, weight of the unscaled frequencies, and notes.
  private static func temperature(
    _ layer: LayerScaling, _ factor: Double, _ rules: Rules
  ) throws(ConfigurationError) -> (attention: Double, extrapolation: Double, notes: [String]) {
    let scaling = layer.scaling
    guard !rules.readsAttentionFactor else {
      return (
        try YaRNValues.attentionFactor(scaling, factor: factor), 1, layer.ignored("attn_factor", "extrapolation_factor")
      )
    }
    let applies = rules.readsApplyYaRNScaling ? try scaling.flag("apply_yarn_scaling") ?? true : true
    let multiplier = try scaling.number("attn_factor") ?? 1
    return (
      multiplier * (applies ? YaRNTemperature.magnitude(scale: factor) : 1),
      try scaling.number("extrapolation_factor") ?? 1, layer.ignored("attention_factor", "mscale", "mscale_all_dim")
    )
  }

  /// Types that only classes of their own use; what they compute is not modelled.
  private static let ownTypes: Set = ["openpangu", "bailing_mrope"]

  private static func interpret(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    var type = question.type ?? "default"
    if question.type == nil, rules.dictionary == .ropeScalingOnly {
      throw ConfigurationError(refusing: "rope_scaling has neither “rope_type” nor “type” (ValueError)")
    }
    if type == "mrope", rules.renamesOldTypes, !question.isMultimodal {
      throw ConfigurationError(refusing: "rope_type “mrope” without “mrope_section” (AssertionError)")
    }
    if rules.renamesOldTypes { type = ["su": "longrope", "mrope": "default"][type] ?? type }
    guard rules.types.contains(type) else {
      throw ConfigurationError(refusing: "rope_type “\(type)” is not known (ValueError)")
    }
    guard !ownTypes.contains(type) else {
      throw ConfigurationError(refusing: "rope_type “\(type)” is a class of vLLM's own, which is not computed here")
    }
    switch type {
    case "default", "mrope", "mllama4": return .unscaled()
    case "linear":
      let answer = try question.linear()
      if scaling.isInteger("factor") {
        throw ConfigurationError(
          refusing:
            """
            “factor” of linear scaling is a whole number, which vLLM takes for a list (TypeError); write it with a \
            fraction, 4.0
            """
        )
      }
      return answer
    case "proportional": return try question.proportional(honoursFactor: false)
    case "ntk":
      let factor = try scaling.required("factor", for: "ntk")
      guard let mixed = try scaling.number("mixed_b") else { return Interpretation("ntk-fixed", ["factor": factor]) }
      return Interpretation("ntk-mixed", ["factor": factor, "mixed_b": mixed])
    case "dynamic": return try dynamic(question, rules)
    case "xdrope":
      // Text advances all four counters together, so that the sections change nothing.
      try question.refuseTinyHead()
      return Interpretation("ntk", ["factor": try scaling.required("alpha", for: "xdrope")])
    case "llama3":
      let given = try question.llama3().parts.first?.given ?? [:]
      func value(_ key: String) -> Double { given[key]?.number ?? 1 }
      return question.llama3TestingHighFirst(
        factor: value("factor"), low: value("low_freq_factor"), high: value("high_freq_factor"),
        original: value("original_max_position_embeddings"))
    case "yarn" where question.isLatent, "deepseek_yarn", "deepseek_llama_scaling":
      return try latentYaRN(question, rules)
    case "yarn", "telechat3-yarn": return try yarn(question, rules)
    case "longrope", "su": return try longRoPE(question, rules)
    case let type: throw ConfigurationError(refusing: "rope_type “\(type)” is not known (ValueError)")
    }
  }

  private static func dynamic(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    try question.refuseTinyHead()
    if rules.readsAlpha, let alpha = try question.scaling.number("alpha") {
      return Interpretation("ntk", ["factor": alpha])
    }
    guard let factor = try question.scaling.number("factor") else {
      throw ConfigurationError(refusing: "dynamic scaling needs “factor” or “alpha” (ValueError)")
    }
    guard !rules.dynamicIsSquare else {
      return Interpretation(
        "ntk", ["factor": factor * factor - factor + 1],
        notes: ["dynamic scaling is static here: α = f² − f + 1 at every length"])
    }
    let window = Double(question.window)
    let alpha = factor * window / (try question.scaling.number("max_trained_positions") ?? window) - (factor - 1)
    guard alpha > 0 else {
      throw ConfigurationError(refusing: "max_trained_positions beyond the window gives a base that is not a number")
    }
    let note = "dynamic scaling is static here: one base for every length, made from max_position_embeddings"
    if alpha == 1 { return Interpretation([], notes: [note + "; without max_trained_positions nothing is scaled"]) }
    return Interpretation("ntk", ["factor": alpha], notes: [note])
  }

  private static func yarn(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let factor = try question.scaling.required("factor", for: "yarn")
    let settled = try temperature(question, factor, rules)
    var values = YaRNValues(
      factor: factor, original: try question.settledOriginal(),
      truncates: rules.readsTruncate ? try question.scaling.flag("truncate") ?? true : true,
      attentionFactor: question.type == "telechat3-yarn" ? 0.07 * .log(factor) + 1 : settled.attention,
      extrapolationFactor: settled.extrapolation)
    try question.refuseUnitBase()
    try values.readBetas(question.scaling, zeroIsDefault: false)
    var notes = settled.notes + (rules.readsTruncate ? [] : question.ignored("truncate"))
    if question.isMultimodal, rules.multimodalYaRN == .enlarged,
      ["qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text"].contains(question.modelType)
    {
      values.original *= 4
      notes.append(
        """
        M-RoPE enlarges its table by 4 before it computes the ramp, so that the ramp starts from 4 × the trained \
        length
        """
      )
    }
    return Interpretation([values.part], notes: notes)
  }

  /// DeepSeek's class: the temperature from mscale alone, the rest on the softmax scale.
  private static func latentYaRN(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation
  {
    let factor = try question.scaling.required("factor", for: "yarn")
    let mscale = try question.scaling.number("mscale") ?? 1
    let all = try question.scaling.number("mscale_all_dim") ?? 0
    var values = YaRNValues(
      factor: factor, original: try question.settledOriginal(),
      attentionFactor: YaRNTemperature.magnitude(scale: factor, coefficient: mscale)
        / YaRNTemperature.magnitude(scale: factor, coefficient: all))
    try question.refuseUnitBase()
    try values.readBetas(question.scaling, zeroIsDefault: false)
    let isUnscaledSoftmax =
      try question.scaling.number("attention_factor") == 1 && rules.types.contains("deepseek_llama_scaling")
      || question.type == "deepseek_llama_scaling"
    let latent =
      question.isLatent && !isUnscaledSoftmax
      ? YaRNValues.latentScale(factor: factor, coefficient: all) : []
    return Interpretation([values.part] + latent, notes: question.ignored("attention_factor", "truncate"))
  }

  /// Dual chunk attention as this code has it: older chunks are seen from beyond the chunk, not from its end, and there
  /// is no magnitude.
  private static func dualChunks(
    _ dual: ScalingDictionary
  ) throws(ConfigurationError) -> (bands: [PositionBand], note: String) {
    let size = try dual.required("chunk_size", for: "dual chunk")
    let local = try dual.required("local_size", for: "dual chunk")
    guard let chunk = Int(exactly: size), let tail = Int(exactly: local), tail > 0, tail < chunk else {
      throw ConfigurationError(
        refusing: "“chunk_size” and “local_size” must be whole numbers, the second below the first")
    }
    let period = chunk - tail
    let key = PositionFunction(period: period)
    func band(_ smallest: Int?, _ largest: Int?, _ query: PositionFunction) -> PositionBand {
      PositionBand(
        region: PositionRegion(chunk: period, smallestChunkLag: smallest, largestChunkLag: largest), query: query,
        key: key)
    }
    let bands = [
      band(nil, 0, PositionFunction(period: period)),
      band(1, 1, PositionFunction(offset: Double(period), period: period, ceiling: size)),
      band(2, nil, PositionFunction(offset: size, period: period)),
    ]
    return (
      bands,
      """
      dual chunk attention re-maps positions beyond \(period) tokens; transformers does not read \
      dual_chunk_attention_config
      """
    )
  }

  private static func longRoPE(_ question: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    if !rules.takesPartialLongRoPE, question.geometry.rotaryDimension < question.geometry.headDimension {
      throw ConfigurationError(refusing: "longrope with partly rotated heads is not supported (ValueError)")
    }
    guard question.geometry.pairing == .half else {
      throw ConfigurationError(refusing: "longrope with adjacent pairs is not supported (ValueError)")
    }
    let original = try question.settledOriginal()
    let scale = Double(question.window) / original
    let factor = LongRoPE.attentionFactor(scale: scale, trainedLength: original)
    let magnitudes = (
      short: try question.scaling.number("short_mscale") ?? factor,
      long: try question.scaling.number("long_mscale") ?? factor
    )
    guard !rules.switchesLongRoPE else {
      var answer = try question.longRoPE(switchLength: original, attentionFactor: factor, magnitudes: magnitudes)
      answer.notes =
        question.ignored("factor", "attention_factor")
        + ["one long sequence in a batch gives every sequence in it the long list"]
      return answer
    }
    // Left to itself the server takes the original length for its window.
    let served = question.servedLength ?? (Double(question.length) <= original ? Int(original) : question.length)
    var answer = try question.longRoPE(
      switchLength: original, attentionFactor: factor,
      fixed: Double(served) > original ? "long_factor" : "short_factor", magnitudes: magnitudes)
    // Both lists are the same one here; the magnitudes must not follow the length either.
    let used = Double(served) > original ? magnitudes.long : magnitudes.short
    answer.parts[0].given["short_mscale"] = .number(used)
    answer.parts[0].given["long_mscale"] = .number(used)
    answer.notes =
      question.ignored("factor", "attention_factor")
      + ["the list is chosen once, by --max-model-len (\(served)), for prompts of every length"]
    return answer
  }
}
