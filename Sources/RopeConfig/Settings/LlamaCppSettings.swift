import RopeJSON
import RopeMath

/// Options of llama.cpp's programs.
enum LlamaCppSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    let context = " -c \(request.length)"
    func tried(_ text: String, _ answer: Interpretation, notes: [String] = []) throws(ConfigurationError) -> RuntimeSettings
    {
      let plan = try answer.layer(request.geometry).planned(window: request.window, length: request.length).plan
      return RuntimeSettings(.arguments, text + context, notes: notes, check: .plan(plan))
    }
    if request.isLatent, request.main?.id == "yarn" { return try latent(request, tried) }
    guard request.parts.allSatisfy({ $0.id != "ministral-temperature" }), !request.isLatent else {
      return try converted(request)
    }
    switch request.main?.id {
    case nil, "none": return try tried("--rope-scaling none", Interpretation([]))
    case "abf", "ntk":
      let base = request.changedBase ?? request.geometry.base
      return try tried(
        "--rope-scaling none --rope-freq-base \(base.formattedShortest)",
        Interpretation("abf", ["rope_theta": base]))
    case "linear":
      let factor = request.main?.given["factor"]?.number ?? 1
      return try tried(
        "--rope-scaling linear --rope-scale \(factor.formattedShortest)", Interpretation("linear", ["factor": factor]))
    case "yarn": return try yarn(request, tried)
    case "llama3", "longrope": return try converted(request)
    default: throw request.refusal()
    }
  }

  private static func yarn(
    _ request: SettingsRequest,
    _ tried: (String, Interpretation, [String]) throws(ConfigurationError) -> RuntimeSettings
  ) throws(ConfigurationError) -> RuntimeSettings {
    var values = try request.yarn()
    if !values.truncates,
      ends(values, request.geometry, truncates: false) != ends(values, request.geometry, truncates: true)
    {
      throw ConfigurationError(refusing: "llama.cpp always rounds the ends of YaRN's ramp; truncate: false cannot be said")
    }
    var text =
      "--rope-scaling yarn --rope-scale \(values.factor.formattedShortest)"
      + " --yarn-orig-ctx \(values.original.formattedShortest)"
    if values.betaFast != 32 { text += " --yarn-beta-fast \(values.betaFast.formattedShortest)" }
    if values.betaSlow != 1 { text += " --yarn-beta-slow \(values.betaSlow.formattedShortest)" }
    if values.extrapolationFactor != 1 {
      throw ConfigurationError(refusing: "the weight of the unscaled frequencies changes llama.cpp's ramp otherwise than here")
    }
    var notes: [String] = []
    let natural = YaRNTemperature.magnitude(scale: values.factor)
    if abs(values.attentionFactor - natural) > 1e-12 {
      let ratio = values.attentionFactor / natural
      text += " --override-kv \(architecture(request.modelType)).rope.scaling.attn_factor=float:\(ratio)"
      notes.append("--yarn-attn-factor has no effect while YaRN is active; the file's own multiplier has")
    }
    values.truncates = true
    return try tried(text, LlamaCpp.yarn(values, request.geometry), notes)
  }

  /// Latent attention: the converted file says all but the ramp's ends.
  private static func latent(
    _ request: SettingsRequest,
    _ tried: (String, Interpretation, [String]) throws(ConfigurationError) -> RuntimeSettings
  ) throws(ConfigurationError) -> RuntimeSettings {
    let values = try request.yarn()
    guard values.betaFast != 32 || values.betaSlow != 1 else { return try converted(request) }
    var answer = LlamaCpp.yarn(values, request.geometry)
    answer.parts += YaRNValues.latentScale(factor: values.factor, coefficient: request.latentCoefficient)
    return try tried(
      "--yarn-beta-fast \(values.betaFast.formattedShortest) --yarn-beta-slow \(values.betaSlow.formattedShortest)",
      answer,
      ["convert_hf_to_gguf.py writes the rest into the file; the ends of the ramp are not read from there"])
  }

  private static func ends(_ values: YaRNValues, _ geometry: RotaryGeometry, truncates: Bool) -> [Double] {
    let ends = YaRNRamp(
      trainedLength: values.original, betaFast: values.betaFast, betaSlow: values.betaSlow, truncates: truncates
    ).ends(dimension: geometry.rotaryDimension, base: geometry.base)
    return [ends.low, ends.high]
  }

  /// What no option says but the converter writes into the file.
  private static func converted(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    let own = try? request.runtime.layers(of: request.declaration, length: request.length, servedLength: request.length)
    if let plan = own?.first?.plan, !PlanComparison(of: plan, with: request.plan).isMismatch {
      return RuntimeSettings(
        .arguments, "-c \(request.length)",
        notes: ["no option says this; convert_hf_to_gguf.py writes it into the file from this configuration"],
        check: .configuration(EditedConfiguration(request.declaration)))
    }
    var settings = try HuggingFaceSettings.current(request)
    settings.notes.append(
      "no option says this; with these keys in config.json, convert_hf_to_gguf.py writes it into the file")
    return settings
  }

  /// The prefix of a model's keys in a GGUF file.
  private static func architecture(_ modelType: String) -> String {
    let names = [
      "qwen3_moe": "qwen3moe", "qwen2_moe": "qwen2moe", "mistral": "llama", "mixtral": "llama", "gpt_oss": "gpt-oss",
      "gpt_neox": "gptneox",
    ]
    return names[modelType] ?? (modelType.isEmpty ? "llama" : modelType)
  }
}
