import RopeJSON
import RopeMath

/// What a runtime is to be told: a layer's method with every parameter settled, and the plan that it gives.
struct SettingsRequest: Sendable {
  let runtime: Runtime
  let declaration: Declaration
  let modelType: String
  /// The wanted parts, parameters resolved.
  let parts: [MethodSpecification.Part]
  let plan: RotaryPlan
  /// `max_position_embeddings` to write.
  let window: Int
  let length: Int

  var geometry: RotaryGeometry { plan.geometry }

  var isLatent: Bool { declaration.value(anyOf: ["kv_lora_rank", "qk_nope_head_dim"]) != nil }

  /// The window to write where the file's own is shorter than what is served and the method does not read it.
  var servedWindow: Int {
    ["longrope", "dynamic", "linear"].contains(main?.id) ? window : max(window, length)
  }

  /// The part that sets the frequencies; nil for plain rotation.
  var main: MethodSpecification.Part? { parts.first { !["mla-mscale", "ministral-temperature"].contains($0.id) } }

  /// YaRN's settled numbers.
  func yarn() throws(ConfigurationError) -> YaRNValues {
    guard let main, main.id == "yarn" else { throw ConfigurationError(refusing: "this is not YaRN") }
    func number(_ key: String, _ fallback: Double) -> Double { main.given[key]?.number ?? fallback }
    return YaRNValues(
      factor: number("factor", 1), original: number("original_max_position_embeddings", Double(geometry.trainedLength)),
      betaFast: number("beta_fast", 32), betaSlow: number("beta_slow", 1),
      truncates: main.given["truncate"]?.flag ?? true,
      attentionFactor: plan.attentionFactor, extrapolationFactor: number("extrapolation_factor", 1))
  }

  /// The coefficient of the latent softmax scale; 0 where there is none.
  var latentCoefficient: Double {
    parts.first { $0.id == "mla-mscale" }?.given["mscale_all_dim"]?.number ?? 0
  }

  /// The coefficient `m` with `gm(s, m)/gm(s, all) = a`.
  func mscale(for values: YaRNValues, all: Double) -> Double {
    let denominator = YaRNTemperature.magnitude(scale: values.factor, coefficient: all)
    let unit = YaRNTemperature.magnitude(scale: values.factor) - 1
    return unit == 0 ? 1 : (values.attentionFactor * denominator - 1) / unit
  }

  /// The base that says the same as static NTK scaling or an adjusted base; nil where the base is the model's own.
  var changedBase: Double? { plan.base == geometry.base ? nil : plan.base }

  /// Frequencies, factors and query scale of a runtime that has no setting for a method.
  func refusal() -> ConfigurationError {
    let names = parts.map(\.id).joined(separator: "+")
    return ConfigurationError(refusing: "\(runtime.title) has no setting for “\(names)”")
  }
}
