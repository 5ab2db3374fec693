import RealModule
import RopeJSON
import RopeMath

extension Runtime {
  /// llama.cpp with a GGUF file as its own converter writes it from this configuration.
  static let llamaCpp = Runtime(
    name: "llama.cpp", aliases: ["llamacpp", "llama-cpp", "ggml", "llama-cpp-python"], title: "llama.cpp",
    version: "2026-10-01", date: "2026-10",
    remarks: ["commit 0c1e57098; the configuration is read as its converter to GGUF reads it"],
    dialect: Dialect(
      dictionary: .ropeParametersFirst, typeKey: .ropeTypeFirst,
      window: WindowRule(
        keys: ["max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "n_ctx"], choice: .first,
        fallback: nil, unmultiplied: ["linear", "yarn", "deepseek_yarn", "llama3", "longrope", "su", "dynamic"],
        followsYaRNOption: true, longer: .capped, option: "-c", permission: "--override-kv ARCH.context_length=int:N"),
      arithmetic: { .ggml(LlamaCpp.rotation($0)) },
      interpret: { (question) throws(ConfigurationError) in try LlamaCpp.interpret(question) },
      settings: { (request) throws(ConfigurationError) in try LlamaCppSettings.settings(request) }))
}

/// `conversion/base.py`, `llama-context.cpp` and the rotary operation of ggml.
enum LlamaCpp {
  static func interpret(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    guard !question.isSliding else {
      return .unscaled("the converter keeps the scaling of full-attention layers only")
    }
    let scaling = question.scaling
    switch question.type ?? "default" {
    case "default", "mrope": return .unscaled()
    case "linear":
      let factor = try scaling.required("factor", for: "linear")
      return answer([Interpretation.part("linear", ["factor": factor])], rotation(question.geometry, factor: factor))
    case "yarn", "deepseek_yarn": return try yarn(question)
    case "llama3": return try llama3(question)
    case "longrope", "su": return try longRoPE(question)
    case "dynamic":
      if let alpha = try scaling.number("alpha"), question.modelType.hasPrefix("hunyuan") {
        return try hunYuan(question, alpha)
      }
      return .unscaled("dynamic scaling is dropped without a word: the model runs un-scaled")
    case "proportional":
      throw ConfigurationError(refusing: "how the converter writes proportional rotation is not established")
    case let type: return .unscaled("Unknown RoPE type: \(type) — converted as un-scaled")
    }
  }

  static func answer(_ parts: [MethodSpecification.Part], _ rotation: GGMLRotation, notes: [String] = [])
    -> Interpretation
  {
    var answer = Interpretation(parts, notes: notes)
    answer.arithmetic = .ggml(rotation)
    return answer
  }

  static func rotation(_ geometry: RotaryGeometry, factor: Double = 1) -> GGMLRotation {
    GGMLRotation(dimensions: geometry.rotaryDimension, base: Float(geometry.base), scale: Float(1 / factor))
  }

  // MARK: YaRN

  private static func yarn(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    guard let factor = try scaling.number("factor") else {
      guard scaling.has("factor") else { throw ConfigurationError(refusing: "yarn scaling needs “factor” (KeyError)") }
      return .unscaled("Unknown RoPE type: yarn — a null factor is converted as un-scaled")
    }
    let given = try question.originalKey()
    let attribute = try question.originalAttribute()
    guard let original = given ?? attribute else {
      throw ConfigurationError(refusing: "the converter needs “original_max_position_embeddings” (KeyError)")
    }
    let isMistral = ["mistral3", "ministral3", "mistral4"].contains(question.modelType)
    let isLatent = question.isLatent
    let logarithm = isMistral || isLatent ? try scaling.number("mscale_all_dim") ?? 0 : 0
    // DeepSeek's architecture takes the logarithm's coefficient for both, which leaves no factor on cos and sin.
    let attention =
      logarithm == 0
      ? YaRNTemperature.magnitude(scale: factor)
      : isLatent
        ? 1
        : YaRNTemperature.magnitude(scale: factor) / YaRNTemperature.magnitude(scale: factor, coefficient: logarithm)
    // A GGUF file has said already what llama.cpp makes of it.
    let isStored = question.declaration.isGGUF
    let own = isStored ? try scaling.number("attention_factor") : nil
    var values = YaRNValues(factor: factor, original: original, attentionFactor: own ?? attention)
    // The converter writes the betas of one architecture only; options of the command line reach the kernel in all.
    let unread = isMistral || isStored ? [] : ["beta_fast", "beta_slow"].filter { !scaling.isOverridden($0) }
    try values.readBetas(scaling.without(unread), zeroIsDefault: false)
    try question.refuseUnitBase()
    var result = yarn(values, question.geometry)
    result.notes =
      question.ignored((isStored ? ["truncate"] : ["attention_factor", "truncate"]) + unread)
      + (isMistral || isLatent ? [] : question.ignored("mscale", "mscale_all_dim"))
    if isLatent { result.parts += YaRNValues.latentScale(factor: factor, coefficient: logarithm) }
    if isMistral { result.parts += try question.queryTemperature(original: original) }
    return result
  }

  /// YaRN with settled numbers, as the context sets it up.
  static func yarn(_ values: YaRNValues, _ geometry: RotaryGeometry) -> Interpretation {
    var kernel = rotation(geometry, factor: values.factor)
    kernel.trainedLength = Int(values.original)
    kernel.extrapolation = 1
    kernel.betaFast = Float(values.betaFast)
    kernel.betaSlow = Float(values.betaSlow)
    // The kernel multiplies by 1 + 0.1·ln s once more, which the context divides out beforehand.
    kernel.attention = Float(values.attentionFactor / (1 + 0.1 * .log(values.factor)))
    var result = answer([values.part], kernel)
    let ramp = YaRNRamp(trainedLength: values.original, betaFast: values.betaFast, betaSlow: values.betaSlow)
    if ramp.isDegenerate(dimension: geometry.rotaryDimension, base: geometry.base) {
      // An empty or reversed ramp is a step here, whatever other runtimes make of it.
      result.frequencies = geometry.inverseFrequencies.enumerated().map { i, frequency in
        let kept = Double(kernel.mix(i))
        return frequency / values.factor * (1 - kept) + frequency * kept
      }
    }
    return result
  }

  // MARK: Types that become a table of factors

  private static func llama3(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    let numbers = [
      "factor": try scaling.number("factor") ?? 8, "low_freq_factor": try scaling.number("low_freq_factor") ?? 1,
      "high_freq_factor": try scaling.number("high_freq_factor") ?? 4,
      "original_max_position_embeddings": try question.originalKey() ?? 8192,
    ]
    var kernel = rotation(question.geometry)
    let ramp = TurnsRamp(
      trainedLength: numbers["original_max_position_embeddings"] ?? 8192, low: numbers["low_freq_factor"] ?? 1,
      high: numbers["high_freq_factor"] ?? 4)
    kernel.frequencyFactors = question.geometry.inverseFrequencies.map { frequency in
      let kept = ramp.keptShare(inverseFrequency: frequency)
      return Float(1 / ((1 - kept) / (numbers["factor"] ?? 8) + kept))
    }
    return answer([Interpretation.part("llama3", numbers)], kernel)
  }

  private static func longRoPE(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let given = try question.originalKey()
    guard let original = try question.originalAttribute() ?? given else {
      throw ConfigurationError(refusing: "the converter needs “original_max_position_embeddings” (KeyError)")
    }
    _ = try question.factors("short_factor")
    let scale = Double(question.window) / original
    let isStored = question.declaration.isGGUF
    let own = isStored ? try question.scaling.number("attention_factor") ?? 1 : nil
    let attention = own ?? LongRoPE.attentionFactor(scale: scale, trainedLength: original)
    // Left to itself the context is as long as the model's window.
    let served = question.servedLength ?? max(question.window, question.length)
    let list = Double(served) > original ? "long_factor" : "short_factor"
    let method = try question.longRoPE(switchLength: original, attentionFactor: attention, fixed: list)
    var kernel = rotation(question.geometry)
    kernel.attention = Float(attention)
    kernel.frequencyFactors = try question.factors(list).map { Float($0) }
    return answer(
      method.parts, kernel,
      notes: question.ignored(
        (isStored ? [] : ["factor", "attention_factor"]) + ["short_mscale", "long_mscale"])
        + ["the list is chosen once, by the allocated context (\(served)), for prompts of every length"])
  }

  /// HunYuan's alpha becomes a base; the converter asserts the one combination that it knows.
  private static func hunYuan(_ question: LayerScaling, _ alpha: Double) throws(ConfigurationError) -> Interpretation {
    guard alpha == 1000, question.geometry.base == 10_000, question.geometry.rotaryDimension == 128 else {
      throw ConfigurationError(
        refusing: "the converter asserts alpha 1000, base 10000 and 128 rotated features for HunYuan")
    }
    var kernel = rotation(question.geometry)
    kernel.base = Float(10_000 * Double.pow(1000, 128.0 / 126))
    return answer([Interpretation.part("ntk", ["factor": alpha])], kernel)
  }
}
