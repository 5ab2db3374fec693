import RealModule
import RopeJSON
import RopeMath

/// What the versions 4 of transformers share, and the values in which they differ.
enum TransformersFour {
  struct Rules: Sendable {
    enum Reading: Sendable {
      /// No class knows `rope_scaling`.
      case none
      /// A few classes take a dictionary of exactly `type` and `factor`.
      case twoKeys
      /// `modeling_rope_utils.py`; its first releases serve llama only.
      case module(twoKeysElsewhere: Bool)
    }

    enum YaRN: Sendable {
      /// The window is the original length.
      case window
      /// The dictionary's original length replaces the factor by the ratio of the lengths.
      case ratio
      /// Factor and original length as they stand.
      case factor
    }

    var reading = Reading.none
    var yarn = YaRN.window
    /// The mscale pair counts, and factors below 1 are guarded.
    var readsMagnitudes = false
    var readsTruncate = false
    /// LongRoPE's list follows the length; before, it is chosen once.
    var longRoPESwitches = false
  }

  static func dialect(_ rules: Rules) -> Dialect {
    Dialect(
      dictionary: .ropeScalingOnly, typeKey: .typeFirstExcept(["mistral", "mixtral"]), share: .always,
      missingModels: { TransformersClasses.isMissing($0, $1) },
      interpret: { (layer) throws(ConfigurationError) in try interpret(layer, rules) },
      settings: { (request) throws(ConfigurationError) in
        guard request.main?.id == "yarn" else { return try HuggingFaceSettings.legacy(request) }
        let values = try request.yarn()
        let needed: Double? =
          switch rules.yarn {
          case .window: values.original
          case .ratio: values.factor * values.original
          case .factor: nil
          }
        return try HuggingFaceSettings.legacy(request, window: needed.flatMap { Int(exactly: $0) })
      })
  }

  private static func interpret(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    switch rules.reading {
    case .none: return .unscaled("no class of this version reads rope_scaling: the model runs un-scaled")
    case .twoKeys: return try twoKeys(layer)
    case .module(twoKeysElsewhere: true) where !["llama", "nemotron"].contains(layer.modelType):
      return try twoKeys(layer)
    case .module: return try module(layer, rules)
    }
  }

  // MARK: Before 4.43

  /// Classes whose linear and dynamic rotary embeddings take `{"type", "factor"}`.
  private static let twoKeyClasses: Set = [
    "llama", "gpt_neox", "open-llama", "open_llama", "falcon", "persimmon", "phi", "stablelm", "olmo",
  ]

  private static func twoKeys(_ layer: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let type = layer.type ?? "default"
    // The phi3 class brought its own longrope, which is read here as in the module.
    if layer.modelType == "phi3", ["su", "yarn", "longrope"].contains(type) {
      let (original, scale) = try longRoPELengths(layer)
      return try layer.longRoPE(
        switchLength: original, attentionFactor: longRoPEFactor(layer, original: original, scale: scale))
    }
    guard twoKeyClasses.contains(layer.modelType) else {
      return .unscaled("the class of \(layer.modelType) does not read rope_scaling in this version")
    }
    let scaling = layer.scaling
    guard scaling.value.node.members?.count == 2, scaling.has("type"), scaling.has("factor"),
      ["linear", "dynamic"].contains(type)
    else {
      throw scaling.error(
        "this version takes a dictionary of exactly “type” (linear or dynamic) and “factor”, and no other (ValueError)")
    }
    let factor = try scaling.required("factor", for: type)
    guard factor > 1, !scaling.isInteger("factor") else {
      throw scaling.error("“factor” must be a number with a fraction, above 1 (ValueError)", at: "factor")
    }
    return type == "linear" ? try layer.linear() : try layer.dynamic()
  }

  // MARK: The module

  private static func module(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    guard var type = layer.type else {
      throw ConfigurationError(refusing: "“rope_type” is missing from rope_scaling (KeyError)")
    }
    if layer.modelType == "phi3", ["su", "yarn"].contains(type) { type = "longrope" }
    try refuseMissingHead(layer, type)
    switch type {
    case "default", "mrope": return .unscaled()
    case "linear": return try layer.linear()
    case "dynamic": return try layer.dynamic()
    case "llama3": return try layer.llama3()
    case "longrope": return try longRoPE(layer, rules)
    case "yarn": return try yarn(layer, rules)
    default: throw ConfigurationError(refusing: "rope_type “\(type)” is not known (KeyError)")
    }
  }

  private static func yarn(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let scaling = layer.scaling
    guard scaling.has("factor") else { throw ConfigurationError(refusing: "yarn scaling needs “factor” (KeyError)") }
    let window = Double(layer.window)
    let given = rules.yarn == .window ? nil : try layer.originalKey()
    let factor =
      if rules.yarn == .ratio, let given { window / given } else { try scaling.required("factor", for: "yarn") }
    let attention: Double
    if rules.readsMagnitudes {
      attention = try YaRNValues.attentionFactor(scaling, factor: factor)
    } else {
      guard factor > 0 else {
        throw ConfigurationError(refusing: "yarn factor \(factor.formattedShortest) has no logarithm")
      }
      // No guard against factors below 1.
      attention = try scaling.number("attention_factor") ?? 0.1 * .log(factor) + 1
    }
    var values = YaRNValues(
      factor: factor, original: given ?? window,
      truncates: rules.readsTruncate ? try scaling.flag("truncate") ?? true : true, attentionFactor: attention)
    try layer.refuseUnitBase()
    try values.readBetas(scaling, zeroIsDefault: true)
    let latent = layer.isLatent ? try scaling.number("mscale_all_dim") ?? 0 : 0
    // The class of DeepSeek-V2 has no softmax scale before 5.15.
    let applied = layer.modelType == "deepseek_v2" ? 0 : latent
    return Interpretation([values.part] + YaRNValues.latentScale(factor: factor, coefficient: applied))
  }

  /// Mistral's configuration keeps `head_dim: None` from 4.52 on, and these types multiply it.
  private static func refuseMissingHead(_ layer: LayerScaling, _ type: String) throws(ConfigurationError) {
    guard layer.modelType == "mistral", ["yarn", "dynamic", "longrope"].contains(type),
      layer.declaration.value(anyOf: ["head_dim"]) == nil, let version = layer.version,
      let first = RuntimeVersion("4.52"), version >= first
    else { return }
    throw layer.scaling.error(
      """
      head_dim is \(layer.declaration.text.node.member("head_dim") == nil ? "absent" : "null"): the Mistral class keeps \
      None and multiplies it (TypeError). Write head_dim
      """)
  }

  // MARK: LongRoPE

  private static func longRoPE(_ layer: LayerScaling, _ rules: Rules) throws(ConfigurationError) -> Interpretation {
    let (original, scale) = try longRoPELengths(layer)
    if !rules.longRoPESwitches, scale == nil {
      throw ConfigurationError(refusing: "longrope scaling needs “factor” (TypeError: None)")
    }
    let factor = try longRoPEFactor(layer, original: original, scale: scale)
    let magnitudes = try magnitudes(layer)
    // The phi3 class switched by the length from the start.
    guard !rules.longRoPESwitches, layer.modelType != "phi3", let scale else {
      return try layer.longRoPE(switchLength: original, attentionFactor: factor, magnitudes: magnitudes)
    }
    return try layer.longRoPE(
      switchLength: original, attentionFactor: factor, fixed: scale > 1 ? "long_factor" : "short_factor",
      magnitudes: magnitudes)
  }

  /// What the class of Phi-3.5-MoE multiplies by in place of the attention factor; both keys must be there.
  private static func magnitudes(_ layer: LayerScaling) throws(ConfigurationError) -> (short: Double, long: Double)? {
    guard layer.modelType == "phimoe" else { return nil }
    return (
      try layer.scaling.required("short_mscale", for: "longrope"),
      try layer.scaling.required("long_mscale", for: "longrope")
    )
  }

  /// Trained length and scale: the original length is an attribute of the config, never a key of the dictionary; without
  /// it they are the window and the dictionary's factor.
  private static func longRoPELengths(
    _ layer: LayerScaling
  ) throws(ConfigurationError) -> (original: Double, scale: Double?) {
    if let original = try layer.originalAttribute() { return (original, Double(layer.window) / original) }
    return (Double(layer.window), try layer.scaling.number("factor"))
  }

  private static func longRoPEFactor(
    _ layer: LayerScaling, original: Double, scale: Double?
  ) throws(ConfigurationError) -> Double {
    if let given = try layer.scaling.number("attention_factor") { return given }
    guard let scale else { throw ConfigurationError(refusing: "longrope scaling needs “factor” (TypeError: None)") }
    return LongRoPE.attentionFactor(scale: scale, trainedLength: original)
  }
}
