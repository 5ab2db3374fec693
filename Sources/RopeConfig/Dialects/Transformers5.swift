import RopeJSON
import RopeMath

extension Runtime {
  /// transformers 5, the reference.
  static let transformers5 = Runtime(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", version: "5.24.0", first: "5",
    date: "2026-11",
    dialect: Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst, isReference: true,
      interpret: { (layer) throws(ConfigurationError) in try Transformers5.interpret(layer) },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.current(request) }))
}

/// `modeling_rope_utils.py` of 5.24.0, and what the configuration classes do before it is reached.
enum Transformers5 {
  static func interpret(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let type = layer.type ?? "default"
    var result: Interpretation
    switch type {
    // Multimodal classes rename their own type before it is looked up.
    case "default", "mrope", "gptj": result = Interpretation()
    case "linear": result = try layer.linear()
    case "dynamic": result = try dynamic(layer)
    case "yarn": result = try yarn(layer)
    case "llama3": result = try llama3(layer)
    case "longrope", "su": result = try longRoPE(layer)
    case "proportional": result = try layer.proportional(honoursFactor: true)
    default:
      result = Interpretation(notes: ["read as plain rotation, which is surely not what “\(type)” means"])
      result.refusal = layer.scaling.error("rope_type “\(type)” is not known (KeyError)", at: "rope_type")
      return result
    }
    result.parts += try layer.queryTemperature(original: Double(layer.geometry.trainedLength))
    if let factor = try layer.scaling.number("factor"), factor < 1 {
      result.notes.append("factor \(factor.formattedShortest) is below 1: it compresses the window; transformers warns")
    }
    return result
  }

  private static func dynamic(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    // HunYuan's static NTK factor.
    if Family.named(layer.modelType).hasStaticNTK, let alpha = try layer.scaling.number("alpha"), alpha > 0 { return Interpretation("ntk", ["factor": alpha]) }
    return try layer.dynamic()
  }

  private static func llama3(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    var numbers = ["original_max_position_embeddings": try layer.settledOriginal()]
    for key in ["factor", "low_freq_factor", "high_freq_factor"] {
      numbers[key] = try layer.scaling.required(key, for: "llama3")
    }
    return Interpretation("llama3", numbers)
  }

  private static func longRoPE(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = layer.scaling
    var given: [String: ParameterValue] = [:]
    for key in ["short_factor", "long_factor"] {
      let numbers = try layer.factors(key)
      if let bad = numbers.first(where: { $0 <= 0 }) {
        throw scaling.error("“\(key)” holds \(bad.formattedShortest); every number must be above 0", at: key)
      }
      given[key] = .numbers(numbers)
    }
    let original = try layer.settledOriginal()
    given["original_max_position_embeddings"] = .number(original)
    given["factor"] = .number(try scaling.number("factor") ?? max(Double(layer.window) / original, 1e-6))
    for key in ["attention_factor", "short_mscale", "long_mscale"] {
      if let number = try scaling.number(key) { given[key] = .number(number) }
    }
    var result = Interpretation([MethodSpecification.Part(id: "longrope", given: given)])
    let attribute = try layer.originalAttribute()
    if attribute == nil, !scaling.has("original_max_position_embeddings") {
      result.notes.append(
        "longrope without original_max_position_embeddings: the window \(original.formattedShortest) is taken")
    }
    if scaling.value.member(anyOf: ["rope_type", "type"])?.node.string == "su", !scaling.has("original_max_position_embeddings") {
      result.refusal = scaling.error(
        """
        “su” is renamed after the original length is filled in, so original_max_position_embeddings is missing \
        (KeyError)
        """)
    }
    return result
  }

  private static func yarn(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = layer.scaling
    try layer.refuseUnitBase()
    let original = try layer.settledOriginal()
    if !scaling.has("factor") { _ = try scaling.required("factor", for: "yarn") }
    // A null factor is allowed and means the ratio of the lengths.
    let factor = try scaling.number("factor") ?? Double(layer.window) / original
    var numbers = ["factor": factor, "original_max_position_embeddings": original]
    for (key, fallback) in [("beta_fast", 32.0), ("beta_slow", 1.0)] {
      // 0 and null mean the default in every version.
      let number = try scaling.number(key) ?? 0
      numbers[key] = number == 0 ? fallback : number
    }
    for key in ["attention_factor", "mscale", "mscale_all_dim"] {
      if let number = try scaling.number(key) { numbers[key] = number }
    }
    var part = Interpretation.part("yarn", numbers)
    var result = Interpretation()
    if let truncates = try scaling.flag("truncate") {
      // The flag is read from the outer dictionary only.
      let isRead = scaling.value.key != layer.name
      part.given["truncate"] = .flag(truncates || !isRead)
      if !isRead, !truncates {
        result.notes.append(
          "truncate: false inside \(layer.name) is not read by transformers, which rounds the ramp there")
      }
    }
    let ramp = YaRNRamp(
      trainedLength: original, betaFast: numbers["beta_fast"] ?? 32, betaSlow: numbers["beta_slow"] ?? 1,
      truncates: part.given["truncate"]?.flag ?? true)
    if ramp.isDegenerate(dimension: layer.geometry.rotaryDimension, base: layer.geometry.base) {
      result.notes.append(
        """
        the YaRN ramp is empty or reversed (beta_fast \(ramp.betaFast.formattedShortest), beta_slow \
        \(ramp.betaSlow.formattedShortest)): runtimes disagree about such a ramp
        """)
    }
    result.parts = [part]
    if layer.isLatent, let coefficient = numbers["mscale_all_dim"] {
      result.parts += YaRNValues.latentScale(factor: factor, coefficient: coefficient)
    }
    return result
  }
}
