import RopeJSON
import RopeMath

/// `modeling_rope_utils.py` of 5.24.0, what the configuration classes do before it is reached, and what earlier releases
/// did otherwise.
enum Transformers5 {
  struct Rules: Sendable {
    enum Nesting: Sendable {
      /// Nested where every key is a layer type; base and type are then written beside them by classes without layer
      /// types of their own, so that those run plain.
      case allKeys
      /// One layer type makes it nested, and then every declared type must be there.
      case anyAndAll
      /// Keys that are declared layer types.
      case declared
    }

    var knowsProportional = false
    var scalesDeepSeek2 = false
    var nesting = Nesting.allKeys
  }

  static func dialect(_ rules: Rules) -> Dialect {
    Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst, isReference: rules.nesting == .declared,
      missingModels: { TransformersClasses.isMissing($0, $1) }, checksTypes: true,
      interpret: { (layer) throws(ConfigurationError) in try interpret(layer, rules) },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.current(request) })
  }

  static func interpret(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    if let plain = try nested(layer, rules) { return plain }
    var result = try interpret(layer)
    if !rules.knowsProportional, layer.type == "proportional" {
      result.refusal = layer.scaling.error("rope_type “proportional” is not known (KeyError)", at: "rope_type")
    }
    if !rules.scalesDeepSeek2, layer.modelType == "deepseek_v2" { result.parts.removeAll { $0.id == "mla-mscale" } }
    return result
  }

  /// Classes that read a dictionary of layer types themselves, and the first release that does.
  private static let layered: [String: String] = [
    "gemma3": "5", "gemma3_text": "5", "gemma3n": "5", "gemma3n_text": "5", "modernbert": "5",
    "modernbert-decoder": "5",
    "t5gemma2": "5", "t5gemma2_text": "5", "gemma4": "5.5", "gemma4_text": "5.5", "laguna": "5.7", "deepseek_v4": "5.8",
    "mellum": "5.10", "olmo3": "5.13", "mimo_v2_flash": "5.13", "zaya": "5.13", "granite_swa": "5.15",
    "granitemoe_swa": "5.15", "cohere_compass": "5.16", "step3p7": "5.16",
  ]

  /// A dictionary of layer types in a class that has one rotary embedding: plain rotation before 5.17, a refusal then.
  private static func nested(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation? {
    guard layer.name != "all", layer.scaling.value.key == layer.name, rules.nesting != .declared else { return nil }
    if let first = layered[layer.modelType].flatMap(RuntimeVersion.init),
      layer.version.map({ $0 >= first }) ?? true
    {
      return nil
    }
    if rules.nesting == .anyAndAll {
      try refuseUnevenNesting(layer)
      return nil
    }
    var plain = Interpretation.unscaled(
      """
      the class of \(layer.modelType) has one rotary embedding, and this version writes a plain base and type beside the \
      layer types: every layer runs un-scaled
      """)
    let base = try layer.declaredNumber("rope_theta") ?? 10_000
    if base != layer.geometry.base { plain.frequencies = layer.geometry.inverseFrequencies(base: base) }
    return plain
  }

  /// 5.17 asks a nested dictionary for every declared layer type, and every value for a type.
  private static func refuseUnevenNesting(_ layer: LayerScaling) throws(ConfigurationError) {
    guard let outer = layer.declaration.value(anyOf: ["rope_scaling", "rope_parameters"]) else { return }
    if let shared = outer.node.members?.first(where: { $0.node.members == nil && !$0.node.isNull }) {
      throw layer.scaling.error(
        "“\(shared.key)” beside the layer types is taken for one of them by transformers 5.17 (AttributeError)")
    }
    let types = layer.declaration.value(anyOf: ["layer_types"])?.node.elements?.compactMap(\.string) ?? []
    if let missing = types.first(where: { outer.node.member($0) == nil }) {
      throw layer.scaling.error("the layer type “\(missing)” is missing from the dictionary (KeyError in 5.17)")
    }
  }

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
    if Family.named(layer.modelType).hasStaticNTK, let alpha = try layer.scaling.number("alpha"), alpha > 0 {
      return Interpretation("ntk", ["factor": alpha])
    }
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
    let magnitudes = ["short_mscale", "long_mscale"]
    // Of the classes, Phi-3.5-MoE alone multiplies by them.
    let readsMagnitudes = layer.modelType == "phimoe"
    for key in ["attention_factor"] + (readsMagnitudes ? magnitudes : []) {
      if let number = try scaling.number(key) { given[key] = .number(number) }
    }
    var result = Interpretation([MethodSpecification.Part(id: "longrope", given: given)])
    if !readsMagnitudes, magnitudes.contains(where: { scaling.has($0) }) {
      result.notes.append("the class \(layer.modelType) does not read short_mscale and long_mscale")
    }
    let attribute = try layer.originalAttribute()
    if attribute == nil, !scaling.has("original_max_position_embeddings") {
      result.notes.append(
        "longrope without original_max_position_embeddings: the window \(original.formattedShortest) is taken")
    }
    if scaling.value.member(anyOf: ["rope_type", "type"])?.node.string == "su",
      !scaling.has("original_max_position_embeddings")
    {
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
