import RopeJSON
import RopeMath

/// `mlx_lm/models/rope_utils.py` and its Swift counterpart, `RoPEUtils.swift`.
enum MLXModels {
  static func dialect(isSwift: Bool) -> Dialect {
    Dialect(
      dictionary: .ropeScalingOnly, parametersReaders: parametersReaders(isSwift: isSwift),
      parametersBaseReaders: baseReaders(isSwift: isSwift), typeKey: .typeFirst,
      share: .byClass, missingModels: { (type, _) in isMissing(type, isSwift: isSwift) },
      arithmetic: { .mlx(plain($0)) },
      interpret: { (question) throws(ConfigurationError) in try interpret(question, isSwift: isSwift) },
      settings: { (request) throws(ConfigurationError) in try HuggingFaceSettings.mlx(request) })
  }

  /// Classes in `models/*.py` and `Libraries/MLXLLM/Models/*.swift` that look into `rope_parameters`.
  private static func parametersReaders(isSwift: Bool) -> Set<String> {
    let both: Set = [
      "gemma4", "gemma4_text", "ministral3", "qwen3_5", "qwen3_5_moe", "qwen3_5_moe_text", "qwen3_5_text",
    ]
    return isSwift
      ? both.union(["mistral3"])
      : both.union([
        "glm_moe_dsa", "laguna", "mellum", "minimax_m3_vl", "minimax_m3_vl_text", "mistral4", "qwen3",
      ])
  }

  /// Those that take the base from it and nothing else.
  private static func baseReaders(isSwift: Bool) -> Set<String> {
    let both: Set = ["lfm2", "lfm2_moe"]
    return isSwift ? both : both.union(["exaone_moe", "granitemoehybrid", "muse_glimmer_text", "olmo_hybrid"])
  }

  /// Whether there is no class of a type that came with transformers 5, whose files have the new dictionary alone.
  private static func isMissing(_ type: String, isSwift: Bool) -> Bool {
    let both: Set = ["cwm", "deepseek_v4", "hunyuan_vl", "hy_v3", "nomic_bert", "step3p7"]
    let inPythonOnly: Set = [
      "bailing_hybrid", "mistral4", "olmo_hybrid",
      "deepseek_v32", "exaone_moe", "glm_moe_dsa", "laguna", "mellum", "minicpm3", "minimax_m2", "solar_open",
    ]
    return both.contains(type) || isSwift && inPythonOnly.contains(type)
  }

  private static func plain(_ geometry: RotaryGeometry) -> MLXRotation {
    MLXRotation(dimensions: geometry.rotaryDimension, frequencies: .base(Float(geometry.base)))
  }

  private static func interpret(_ question: LayerScaling, isSwift: Bool) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    let type = question.type ?? "default"
    switch type {
    case "default", "mrope": return .unscaled()
    case "linear":
      let factor = try isSwift ? scaling.number("factor") ?? 1 : scaling.required("factor", for: type)
      var rotation = plain(question.geometry)
      rotation.positionScale = Float(1 / factor)
      var answer = Interpretation("linear", ["factor": factor])
      answer.arithmetic = .mlx(rotation)
      return answer
    case "dynamic":
      if isSwift, let alpha = try scaling.number("alpha"), question.modelType.hasPrefix("hunyuan") {
        return Interpretation("ntk", ["factor": alpha])
      }
      guard !isSwift else { throw ConfigurationError(refusing: "dynamic scaling is not implemented (fatalError)") }
      return try based(question.dynamic(), question)
    case "llama3":
      let factor = try isSwift ? scaling.number("factor") ?? 1 : scaling.required("factor", for: type)
      return try tabled(
        Interpretation(
          "llama3",
          [
            "factor": factor, "low_freq_factor": try scaling.number("low_freq_factor") ?? 1,
            "high_freq_factor": try scaling.number("high_freq_factor") ?? 4,
            "original_max_position_embeddings": try question.originalKey() ?? 8192,
          ]), question)
    case "yarn", "deepseek_yarn", "telechat3-yarn": return try yarn(question, isSwift: isSwift)
    case "longrope": return try longRoPE(question)
    case "proportional": return try tabled(question.proportional(honoursFactor: true), question)
    default:
      throw ConfigurationError(
        refusing: "rope type “\(type)” is not supported (\(isSwift ? "fatalError" : "ValueError"))")
    }
  }

  private static func yarn(_ question: LayerScaling, isSwift: Bool) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    let factor = try isSwift ? scaling.number("factor") ?? 32 : scaling.required("factor", for: "yarn")
    let mscale = try scaling.number("mscale") ?? 1
    let all = try scaling.number("mscale_all_dim") ?? 0
    var values = YaRNValues(
      factor: factor, original: try question.originalKey() ?? 4096,
      attentionFactor: YaRNTemperature.magnitude(scale: factor, coefficient: mscale)
        / YaRNTemperature.magnitude(scale: factor, coefficient: all))
    try question.refuseUnitBase()
    try values.readBetas(scaling, zeroIsDefault: false)
    let latent =
      question.isLatent
      ? YaRNValues.latentScale(factor: factor, coefficient: all) : []
    var answer = Interpretation([values.part] + latent, notes: question.ignored("attention_factor", "truncate"))
    if !scaling.has("original_max_position_embeddings") {
      answer.notes.append("without original_max_position_embeddings the trained length is taken to be 4096")
    }
    return try tabled(answer, question)
  }

  private static func longRoPE(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let given = try question.originalKey()
    guard let original = try question.originalAttribute() ?? given else {
      throw ConfigurationError(refusing: "longrope needs “original_max_position_embeddings”")
    }
    let attention = LongRoPE.attentionFactor(scale: Double(question.window) / original, trainedLength: original)
    var answer = try question.longRoPE(switchLength: original, attentionFactor: attention, fixed: "long_factor")
    answer.notes =
      question.ignored("factor", "attention_factor", "short_mscale", "long_mscale")
      + ["the long list is used at every length"]
    return try tabled(answer, question)
  }

  /// Types that hand MLX a table of reciprocal frequencies.
  private static func tabled(_ answer: Interpretation, _ question: LayerScaling) throws(ConfigurationError)
    -> Interpretation
  {
    var answer = answer
    let plan = try answer.plan(question)
    answer.arithmetic = .mlx(
      MLXRotation(
        dimensions: plan.geometry.rotaryDimension,
        frequencies: .reciprocals(plan.inverseFrequencies.map { Float(1 / $0) }), magnitude: Float(plan.attentionFactor)
      ))
    return answer
  }

  /// Types that hand MLX a changed base.
  private static func based(_ answer: Interpretation, _ question: LayerScaling) throws(ConfigurationError)
    -> Interpretation
  {
    var answer = answer
    let plan = try answer.plan(question)
    answer.arithmetic = .mlx(
      MLXRotation(dimensions: plan.geometry.rotaryDimension, frequencies: .base(Float(plan.base))))
    return answer
  }
}
