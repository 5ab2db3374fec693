import RopeJSON
import RopeMath

/// Settings in the keys of a Hugging Face `config.json`.
enum HuggingFaceSettings {
  /// How a runtime is told the factor on cos and sin where it is not YaRN's own.
  enum Temperature {
    /// `attention_factor`, the value itself.
    case attentionFactor
    /// `attn_factor`, a multiplier of YaRN's own.
    case multiplier
    /// `mscale` with `mscale_all_dim`.
    case mscale
  }

  /// `rope_parameters`, transformers 5.
  static func current(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    let pairs = try dictionary(request, .attentionFactor)
    return written(
      [("rope_parameters", EditedValue(base(request) + pairs))], request, .configuration, window: request.window)
  }

  /// `rope_theta` and `rope_scaling` at the top level, transformers 4.
  ///
  /// - Parameter window: `max_position_embeddings` to write, where the version computes YaRN's factor or range from it.
  static func legacy(_ request: SettingsRequest, window: Int? = nil) throws(ConfigurationError) -> RuntimeSettings {
    try topLevel(request, .attentionFactor, window: window)
  }

  /// The same for MLX, which reads the mscale pair only.
  static func mlx(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    try topLevel(request, .mscale)
  }

  private static func topLevel(
    _ request: SettingsRequest, _ temperature: Temperature, window: Int? = nil
  ) throws(ConfigurationError) -> RuntimeSettings {
    var members = base(request)
    let pairs = try dictionary(request, temperature)
    if pairs.contains(where: { $0.0 == "short_factor" }),
      let original = pairs.first(where: { $0.0 == "original_max_position_embeddings" })
    {
      members.append(original)
    }
    if pairs.count > 1 { members.append(("rope_scaling", EditedValue(pairs))) }
    return written(members, request, .configuration, window: window ?? request.window)
  }

  /// Overrides on the command line of vLLM and SGLang.
  static func overrides(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    let isSGLang = request.runtime.name == "sglang"
    let isNewest = request.runtime.next == nil
    let pairs = try dictionary(
      request, request.isLatent ? .mscale : isSGLang || !isNewest ? .multiplier : .attentionFactor)
    let members = [("rope_parameters", EditedValue(base(request) + pairs))]
    return written(
      members, request, .arguments, window: request.servedWindow,
      prefix: isSGLang ? "--json-model-override-args '" : "--hf-overrides '",
      suffix: isSGLang ? "' --context-length \(request.length)" : "' --max-model-len \(request.length)")
  }

  // MARK: Parts

  /// The base and the rotated share, where they are not the class's own.
  private static func base(_ request: SettingsRequest) -> [(String, EditedValue)] {
    var pairs: [(String, EditedValue)] = [("rope_theta", .float(request.changedBase ?? request.geometry.base))]
    if request.geometry.rotaryDimension < request.geometry.headDimension, !request.isLatent {
      let share = Double(request.geometry.rotaryDimension) / Double(request.geometry.headDimension)
      pairs.append(("partial_rotary_factor", .float(share)))
    }
    return pairs
  }

  /// The scaling dictionary without the base.
  static func dictionary(
    _ request: SettingsRequest, _ temperature: Temperature
  ) throws(ConfigurationError) -> [(String, EditedValue)] {
    var pairs: [(String, EditedValue)]
    let given = request.main?.given ?? [:]
    func float(_ key: String) -> (String, EditedValue) { (key, .float(given[key]?.number ?? 1)) }
    func count(_ key: String) -> (String, EditedValue) { (key, .count(given[key]?.number ?? 1)) }
    switch request.main?.id {
    case nil, "none", "abf", "ntk": pairs = [("rope_type", .text("default"))]
    case "linear": pairs = [("rope_type", .text("linear")), float("factor")]
    case "dynamic":
      guard given["original_max_position_embeddings"]?.number == Double(request.window) else {
        throw ConfigurationError(refusing: 
          "dynamic scaling grows from max_position_embeddings, which must then be the trained length")
      }
      pairs = [("rope_type", .text("dynamic")), float("factor")]
    case "ntk-fixed", "ntk-mixed":
      guard request.runtime.name == "vllm" else { throw request.refusal() }
      pairs = [("rope_type", .text("ntk")), float("factor")]
      if request.main?.id == "ntk-mixed" { pairs.append(float("mixed_b")) }
    case "llama3":
      pairs = [
        ("rope_type", .text("llama3")), float("factor"), float("low_freq_factor"), float("high_freq_factor"),
        count("original_max_position_embeddings"),
      ]
    case "proportional":
      pairs = [("rope_type", .text("proportional")), float("partial_rotary_factor"), float("factor")]
    case "longrope": pairs = longRoPE(given)
    case "yarn": pairs = try yarn(request, temperature)
    default: throw request.refusal()
    }
    if let part = request.parts.first(where: { $0.id == "ministral-temperature" }) {
      pairs.append(("llama_4_scaling_beta", .float(part.given["llama_4_scaling_beta"]?.number ?? 0)))
    }
    return pairs
  }

  private static func longRoPE(_ given: [String: ParameterValue]) -> [(String, EditedValue)] {
    var pairs: [(String, EditedValue)] = [("rope_type", .text("longrope"))]
    for key in ["short_factor", "long_factor"] {
      pairs.append((key, .array((given[key]?.numbers ?? []).map { .float($0) })))
    }
    for key in ["factor", "attention_factor", "short_mscale", "long_mscale"] {
      if let number = given[key]?.number { pairs.append((key, .float(number))) }
    }
    pairs.append(("original_max_position_embeddings", .count(given["original_max_position_embeddings"]?.number ?? 1)))
    return pairs
  }

  private static func yarn(
    _ request: SettingsRequest, _ temperature: Temperature
  ) throws(ConfigurationError) -> [(String, EditedValue)] {
    let values = try request.yarn()
    var pairs: [(String, EditedValue)] = [
      ("rope_type", .text("yarn")), ("factor", .float(values.factor)),
      ("original_max_position_embeddings", .count(values.original)),
    ]
    if values.betaFast != 32 || values.betaSlow != 1 {
      pairs += [("beta_fast", .float(values.betaFast)), ("beta_slow", .float(values.betaSlow))]
    }
    if !values.truncates { pairs.append(("truncate", .literal("false"))) }
    if values.extrapolationFactor != 1 { pairs.append(("extrapolation_factor", .float(values.extrapolationFactor))) }
    let natural = YaRNTemperature.magnitude(scale: values.factor)
    let all = request.latentCoefficient
    if all != 0 || (request.isLatent && temperature == .mscale) {
      pairs += [("mscale", .float(request.mscale(for: values, all: all))), ("mscale_all_dim", .float(all))]
    } else if abs(values.attentionFactor - natural) > 1e-12 {
      switch temperature {
      case .attentionFactor: pairs.append(("attention_factor", .float(values.attentionFactor)))
      case .multiplier: pairs.append(("attn_factor", .float(values.attentionFactor / natural)))
      case .mscale: pairs += [("mscale", .float(request.mscale(for: values, all: 0))), ("mscale_all_dim", .float(0))]
      }
    }
    return pairs
  }

  // MARK: Writing

  private static func written(
    _ members: [(String, EditedValue)], _ request: SettingsRequest, _ kind: RuntimeSettings.Kind, window: Int,
    prefix: String = "", suffix: String = ""
  ) -> RuntimeSettings {
    var edited = EditedConfiguration(request.declaration)
    for key in ["rope_scaling", "rope_parameters", "original_max_position_embeddings"] { edited.set(key, to: nil) }
    var shown = members
    let declared = try? request.declaration.number(request.declaration.value(anyOf: ["max_position_embeddings"]))
    if declared != Double(window) { shown.append(("max_position_embeddings", .literal(String(window)))) }
    for (key, value) in shown { edited.set(key, to: value) }
    return RuntimeSettings(kind, prefix + EditedValue(shown).text + suffix, check: .configuration(edited))
  }
}
