import RopeJSON
import RopeMath

extension Runtime {
  /// Megatron-LM with the arguments that say the same as the configuration.
  static let megatron = Runtime(
    name: "megatron", aliases: ["megatron-lm", "megatron-core", "mcore"], title: "Megatron-LM", version: "2026-10",
    date: "2026-10",
    remarks: ["commit d98e8a6; the configuration stands for the arguments that it maps to"],
    dialect: Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst, share: .always,
      interpret: { (question) throws(ConfigurationError) in try Megatron.interpret(question) },
      settings: { (request) throws(ConfigurationError) in try MegatronSettings.settings(request) }))
}

/// `megatron/core/models/common/embeddings` and the arguments that reach them.
enum Megatron {
  static func interpret(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    guard question.geometry.base == question.geometry.base.rounded() else {
      throw ConfigurationError(
        refusing: "--rotary-base is a whole number; \(question.geometry.base.formattedShortest) is none")
    }
    switch question.type ?? "default" {
    case "default", "mrope": return .unscaled()
    case "linear":
      let factor = try scaling.required("factor", for: "linear")
      guard factor == factor.rounded() else {
        throw ConfigurationError(
          refusing:
            "--rotary-seq-len-interpolation-factor is a whole number; \(factor.formattedShortest) is none")
      }
      return Interpretation("linear", ["factor": factor])
    case "llama3": return try llama3(question)
    case "yarn", "deepseek_yarn": return try yarn(question)
    case let type: throw ConfigurationError(refusing: "there is no argument for “\(type)” scaling")
    }
  }

  private static func llama3(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let fixed = ["low_freq_factor": 1.0, "high_freq_factor": 4, "original_max_position_embeddings": 8192]
    var notes: [String] = []
    for (key, value) in fixed.sorted(by: { $0.key < $1.key }) {
      if let given = try question.scaling.number(key), given != value {
        notes.append("“\(key)” is fixed at \(value.formattedShortest)")
      }
    }
    let factor = try question.scaling.number("factor") ?? 8
    if factor != 8 { notes.append("a factor other than 8 is reported to be ignored (Megatron-LM issue 6305)") }
    return Interpretation("llama3", fixed.merging(["factor": factor]) { $1 }, notes: notes)
  }

  private static func yarn(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    guard question.geometry.rotaryDimension == question.geometry.headDimension else {
      throw ConfigurationError(refusing: "its YaRN class ignores --rotary-percent and rotates the whole head")
    }
    let factor = try question.isLatent ? scaling.number("factor") ?? 40 : scaling.required("factor", for: "yarn")
    let mscale = try scaling.number("mscale") ?? 1
    let all = try scaling.number("mscale_all_dim") ?? 0
    var values = YaRNValues(
      factor: factor, original: try question.settledOriginal(), truncates: try scaling.flag("truncate") ?? true,
      attentionFactor: YaRNTemperature.magnitude(scale: factor, coefficient: mscale)
        / YaRNTemperature.magnitude(scale: factor, coefficient: all))
    try question.refuseUnitBase()
    try values.readBetas(scaling, zeroIsDefault: true)
    let latent = question.isLatent ? YaRNValues.latentScale(factor: factor, coefficient: all) : []
    return Interpretation([values.part] + latent, notes: question.ignored("attention_factor"))
  }
}
