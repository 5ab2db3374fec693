import RopeJSON
import RopeMath

/// One layer type's declared scaling, with what else a runtime looks at.
struct LayerScaling: Sendable {
  let declaration: Declaration
  let modelType: String
  /// `all`, or the layer type.
  let name: String
  var scaling: ScalingDictionary
  /// The type that stands there, after the runtime's choice between the two keys; nil where none does.
  let type: String?
  /// Geometry as this runtime reads it.
  let geometry: RotaryGeometry
  let isSliding: Bool
  /// `max_position_embeddings`.
  let window: Int
  /// Tokens in context.
  let length: Int
  /// What the server was started with; nil where it was not told.
  let servedLength: Int?
  /// The runtime's version, where its model classes changed within a behaviour.
  var version: RuntimeVersion?

  /// Multi-head latent attention, where YaRN's temperature is applied to the whole logit.
  var isLatent: Bool { declaration.value(anyOf: ["kv_lora_rank", "qk_nope_head_dim"]) != nil }

  var isMultimodal: Bool { scaling.has("mrope_section") }

  /// The top level's `original_max_position_embeddings`.
  func originalAttribute() throws(ConfigurationError) -> Double? {
    try checkedOriginal(declaredNumber("original_max_position_embeddings"))
  }

  /// A number beside the model's dimensions.
  func declaredNumber(_ key: String) throws(ConfigurationError) -> Double? {
    try declaration.number(declaration.value(anyOf: [key]))
  }

  /// The dictionary's `original_max_position_embeddings`.
  func originalKey() throws(ConfigurationError) -> Double? {
    try checkedOriginal(scaling.number("original_max_position_embeddings"))
  }

  private func checkedOriginal(_ tokens: Double?) throws(ConfigurationError) -> Double? {
    if let tokens, !(tokens >= 1 && tokens <= Double(RotaryGeometry.largestLength)) {
      throw scaling.error("“original_max_position_embeddings” is \(tokens.formattedShortest), expected 1 … 2^40")
    }
    return tokens
  }

  /// The trained length as transformers 5 settles it: attribute, dictionary, window.
  func settledOriginal() throws(ConfigurationError) -> Double {
    let given = try originalKey()
    // A layer type's own dictionary does not look beside itself.
    return try (name == "all" ? originalAttribute() : nil) ?? given ?? Double(window)
  }

  /// A list of factors, one a rotated pair.
  func factors(_ key: String) throws(ConfigurationError) -> [Double] {
    let numbers = try scaling.numbers(key, for: "longrope")
    guard numbers.count == geometry.pairCount else {
      throw scaling.error(
        "“\(key)” has \(numbers.count) numbers, this model rotates \(geometry.pairCount) pairs", at: key)
    }
    return numbers
  }

  /// Ministral's query temperature, where the runtime honours it.
  func queryTemperature(original: Double) throws(ConfigurationError) -> [MethodSpecification.Part] {
    guard let coefficient = try scaling.number("llama_4_scaling_beta"), coefficient != 0 else { return [] }
    return [
      Interpretation.part(
        "ministral-temperature",
        [
          "llama_4_scaling_beta": coefficient, "original_max_position_embeddings": original,
        ])
    ]
  }
}
