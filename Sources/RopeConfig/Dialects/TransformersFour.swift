import RopeJSON
import RopeMath

/// What all versions 4 of transformers share; the files of the versions give what differs.
enum TransformersFour {
  static func dialect(
    missingModels: Set<String>,
    yarn: @escaping @Sendable (LayerScaling) throws(ConfigurationError) -> YaRNValues,
    longRoPE: @escaping @Sendable (LayerScaling) throws(ConfigurationError) -> Interpretation,
    unscaledModels: Set<String> = [],
    window: @escaping @Sendable (YaRNValues) -> Double? = { _ in nil }
  ) -> Dialect {
    Dialect(
      dictionary: .ropeScalingOnly, typeKey: .typeFirstExcept(["mistral", "mixtral"]), share: .always,
      missingModels: missingModels,
      interpret: { (question) throws(ConfigurationError) in
        guard var type = question.type else {
          throw ConfigurationError(refusing: "“rope_type” is missing from rope_scaling (KeyError)")
        }
        if unscaledModels.contains(question.modelType) {
          return .unscaled("the class of \(question.modelType) builds an unscaled table: rope_scaling has no effect")
        }
        if question.modelType == "phi3", ["su", "yarn"].contains(type) { type = "longrope" }
        switch type {
        case "default", "mrope": return .unscaled()
        case "linear": return try question.linear()
        case "dynamic": return try question.dynamic()
        case "llama3": return try question.llama3()
        case "longrope": return try longRoPE(question)
        case "yarn": return try self.yarn(question, yarn)
        default: throw ConfigurationError(refusing: "rope_type “\(type)” is not known (KeyError)")
        }
      },
      settings: { (request) throws(ConfigurationError) in
        guard request.main?.id == "yarn" else { return try HuggingFaceSettings.legacy(request) }
        let needed = try window(request.yarn()).flatMap { Int(exactly: $0) }
        return try HuggingFaceSettings.legacy(request, window: needed)
      })
  }

  private static func yarn(
    _ question: LayerScaling, _ settle: (LayerScaling) throws(ConfigurationError) -> YaRNValues
  ) throws(ConfigurationError) -> Interpretation {
    guard question.scaling.has("factor") else { throw ConfigurationError(refusing: "yarn scaling needs “factor” (KeyError)") }
    var values = try settle(question)
    try question.refuseUnitBase()
    try values.readBetas(question.scaling, zeroIsDefault: true)
    let latent = question.isLatent ? try question.scaling.number("mscale_all_dim") ?? 0 : 0
    // DeepSeek-V2 had no softmax scale before July 2026.
    let applied = question.modelType == "deepseek_v2" ? 0 : latent
    return Interpretation([values.part] + YaRNValues.latentScale(factor: values.factor, coefficient: applied))
  }

  /// LongRoPE of 4.49 and later: the original length is an attribute of the config, never a key of the dictionary.
  static func switchingLongRoPE(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let (original, scale) = try longRoPELengths(question)
    return try question.longRoPE(
      switchLength: original, attentionFactor: try longRoPEFactor(question, original: original, scale: scale))
  }

  /// Trained length and scale; without the attribute they are the window and the dictionary's factor.
  static func longRoPELengths(_ question: LayerScaling) throws(ConfigurationError) -> (original: Double, scale: Double?)
  {
    if let original = try question.originalAttribute() { return (original, Double(question.window) / original) }
    return (Double(question.window), try question.scaling.number("factor"))
  }

  static func longRoPEFactor(
    _ question: LayerScaling, original: Double, scale: Double?
  ) throws(ConfigurationError) -> Double {
    if let given = try question.scaling.number("attention_factor") { return given }
    guard let scale else { throw ConfigurationError(refusing: "longrope scaling needs “factor” (TypeError: None)") }
    return LongRoPE.attentionFactor(scale: scale, trainedLength: original)
  }

  /// Classes that came with later releases.
  static let after457: Set<String> = [
    "gemma4", "gemma4_text", "ministral3", "mistral4", "laguna", "deepseek_v4", "qwen3_5", "qwen3_5_moe",
  ]
  static let after451: Set<String> = after457.union([
    "gpt_oss", "deepseek_v2", "qwen3_next", "glm4_moe", "minimax_m2", "smollm3", "ernie4_5", "olmo3", "cwm", "lfm2",
  ])
  static let after445: Set<String> = after451.union([
    "deepseek_v3", "qwen3", "qwen3_moe", "gemma3", "gemma3_text", "llama4", "llama4_text", "mistral3", "glm4",
    "phi4_multimodal", "qwen2_5_vl", "helium", "modernbert", "bamba",
  ])
}
