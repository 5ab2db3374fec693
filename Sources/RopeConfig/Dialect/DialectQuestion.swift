import RopeJSON
import RopeMath

/// One layer type's declared scaling, with what else a runtime looks at.
struct DialectQuestion: Sendable {
  let declaration: RopeDeclaration
  let modelType: String
  let scaling: ScalingDictionary
  /// The type that stands there, after the runtime's choice between the two keys; nil where none does.
  let type: String?
  /// Geometry as this runtime reads it.
  let layer: LayerRotary
  /// `max_position_embeddings`.
  let window: Int
  /// Tokens in context.
  let length: Int
  /// What the server was started with; nil where it was not told.
  let servedLength: Int?

  var geometry: RotaryGeometry { layer.geometry }

  /// Multi-head latent attention, where YaRN's temperature is applied to the whole logit.
  var isLatent: Bool { declaration.value(anyOf: ["kv_lora_rank", "qk_nope_head_dim"]) != nil }

  var isMultimodal: Bool { scaling.has("mrope_section") }

  /// The top level's `original_max_position_embeddings`.
  func originalAttribute() throws(RuntimeRefusal) -> Double? {
    try checkedOriginal(declaredNumber("original_max_position_embeddings"))
  }

  /// A number beside the model's dimensions.
  func declaredNumber(_ key: String) throws(RuntimeRefusal) -> Double? {
    do throws(ConfigurationError) {
      return try declaration.number(declaration.value(anyOf: [key]))
    } catch {
      throw RuntimeRefusal(error.message)
    }
  }

  /// The dictionary's `original_max_position_embeddings`.
  func originalKey() throws(RuntimeRefusal) -> Double? {
    try checkedOriginal(scaling.number("original_max_position_embeddings"))
  }

  private func checkedOriginal(_ tokens: Double?) throws(RuntimeRefusal) -> Double? {
    if let tokens, !(tokens >= 1 && tokens <= Double(RotaryGeometry.largestLength)) {
      throw RuntimeRefusal("“original_max_position_embeddings” is \(tokens.formattedShortest), expected 1 … 2^40")
    }
    return tokens
  }

  /// The trained length as transformers 5 settles it: attribute, dictionary, window.
  func settledOriginal() throws(RuntimeRefusal) -> Double {
    let given = try originalKey()
    return try originalAttribute() ?? given ?? Double(window)
  }

  /// A list of factors, one a rotated pair.
  func factors(_ key: String) throws(RuntimeRefusal) -> [Double] {
    let numbers = try scaling.numbers(key, for: "longrope")
    guard numbers.count == geometry.pairCount else {
      throw RuntimeRefusal("“\(key)” has \(numbers.count) numbers, this model rotates \(geometry.pairCount) pairs")
    }
    return numbers
  }

  /// Ministral's query temperature, where the runtime honours it.
  func queryTemperature(original: Double) throws(RuntimeRefusal) -> [MethodSpecification.Part] {
    guard let coefficient = try scaling.number("llama_4_scaling_beta"), coefficient != 0 else { return [] }
    return [
      DialectAnswer.part(
        "ministral-temperature",
        [
          "llama_4_scaling_beta": coefficient, "original_max_position_embeddings": original,
        ])
    ]
  }
}
