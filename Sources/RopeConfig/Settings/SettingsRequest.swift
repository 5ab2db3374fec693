import RopeJSON
import RopeMath

/// What a runtime is to be told: each type of layer's method with every parameter settled, and the plan that it gives.
struct SettingsRequest: Sendable {
  struct Layer: Sendable {
    let name: String
    /// The wanted parts, parameters resolved.
    var parts: [MethodSpecification.Part]
    let plan: RotaryPlan
  }

  let runtime: Runtime
  let declaration: Declaration
  let modelType: String
  /// The layer that is scaled first, then the others.
  var layers: [Layer]
  /// `max_position_embeddings` to write.
  let window: Int
  /// The file's own window.
  let ownWindow: Int?
  let length: Int
  /// Frequencies are right as they stand; only the window is to be raised.
  var isWindowOnly = false

  var name: String { layers.first?.name ?? "all" }
  var parts: [MethodSpecification.Part] { layers.first?.parts ?? [] }
  var plan: RotaryPlan { layers[0].plan }
  var geometry: RotaryGeometry { plan.geometry }

  /// The same request about one of its layers.
  func about(_ layer: Layer) -> SettingsRequest {
    var request = self
    request.layers = [layer]
    return request
  }

  /// Whether the runtime is at least the version given.
  func isFrom(_ text: String) -> Bool {
    guard let version = runtime.actualVersion, let limit = RuntimeVersion(text) else { return true }
    return version >= limit
  }

  var isLatent: Bool { declaration.value(anyOf: ["kv_lora_rank", "qk_nope_head_dim"]) != nil }

  /// The part that scales the frequencies, else the one that sets the base; nil for plain rotation.
  var main: MethodSpecification.Part? {
    let setting = parts.filter { !["mla-mscale", "ministral-temperature"].contains($0.id) }
    return setting.first { !Self.baseMethods.contains($0.id) } ?? setting.first
  }

  /// Methods that are said by the base alone.
  private static let baseMethods: Set = ["none", "abf", "ntk"]

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

  /// The base to write: the model's own, or the one that says the same as static NTK scaling or an adjusted base.
  var base: Double { parts.contains { Self.baseMethods.contains($0.id) } ? plan.base : geometry.base }

  /// The rotated share of a head; nil where all of it rotates or where other keys say it.
  var share: Double? {
    guard geometry.rotaryDimension < geometry.headDimension, !isLatent else { return nil }
    return Double(geometry.rotaryDimension) / Double(geometry.headDimension)
  }

  /// What a runtime that has no setting for a method answers.
  func refusal() -> ConfigurationError {
    guard !parts.isEmpty else {
      return ConfigurationError(refusing: "\(runtime.title) has no setting that turns the file's own scaling off")
    }
    let names = parts.map(\.id).joined(separator: "+")
    return ConfigurationError(refusing: "\(runtime.title) has no setting for “\(names)”")
  }
}
