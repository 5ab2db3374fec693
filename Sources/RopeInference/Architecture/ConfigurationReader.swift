import RopeModel

/// Reads what the forward pass needs of a configuration, beside its rotary embedding.
struct ConfigurationReader {
  let declaration: RopeDeclaration

  func number(_ keys: [String]) throws(ConfigurationError) -> Double? {
    try declaration.number(declaration.value(anyOf: keys))
  }

  func flag(_ keys: [String]) throws(ConfigurationError) -> Bool? {
    try declaration.flag(declaration.value(anyOf: keys))
  }

  /// A size that has to be there.
  func size(_ keys: [String]) throws(ConfigurationError) -> Int {
    if let size = try declaration.integer(declaration.value(anyOf: keys), in: 1...1 << 24) { return size }
    throw declaration.error("“\(keys[0])” is missing, which the forward pass needs", at: declaration.text)
  }

  func activation(default fallback: Activation) throws(ConfigurationError) -> Activation {
    guard let value = declaration.value(anyOf: ["hidden_activation", "hidden_act"]) else { return fallback }
    switch try declaration.text(value) {
    case "silu", "swish": return .silu
    case "gelu_pytorch_tanh", "gelu_new", "gelu_fast": return .geluTanh
    case "gelu": return .gelu
    case let other:
      throw declaration.error(
        "“\(value.key)” is \(other ?? "nothing"), expected silu, gelu or gelu_pytorch_tanh", at: value)
    }
  }

  /// Layer by layer, whether it has the sliding layers' rotary embedding.
  func slidingLayers(_ layers: Int, model: ResolvedModel) throws(ConfigurationError) -> [Bool] {
    let none = [Bool](repeating: false, count: layers)
    guard let sliding = model.layerTypes.first(where: \.isSliding) else { return none }
    if let value = declaration.value(anyOf: ["layer_types"]), let elements = value.node.elements {
      guard elements.count == layers else {
        throw declaration.error("“layer_types” names \(elements.count) layers, the model has \(layers)", at: value)
      }
      return elements.map { if case .string(let name) = $0.value { name == sliding.name } else { false } }
    }
    let keys = ["sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers"]
    let pattern = try declaration.integer(declaration.value(anyOf: keys), in: 1...1_000_000)
    return Self.slidingLayers(layers, sliding: sliding, pattern: pattern)
  }

  /// Of every so many layers the last one sees everything; without a pattern it follows from how many there are.
  static func slidingLayers(_ layers: Int, sliding: LayerRotary, pattern: Int?) -> [Bool] {
    let full = layers - (sliding.layerCount ?? 0)
    let pattern = pattern ?? (full > 0 ? layers / full : layers + 1)
    return (0..<layers).map { ($0 + 1) % max(1, pattern) != 0 }
  }

  /// Layer by layer, the keys that it sees.
  func windows(_ sliding: [Bool], model: ResolvedModel) throws(ConfigurationError) -> [Int?] {
    let full = model.layerTypes.first { !$0.isSliding }?.window
    let narrow = model.layerTypes.first(where: \.isSliding)?.window
    // Qwen2 keeps full attention in its first layers.
    let first = model.family?.hasPrefix("qwen") == true
      ? try declaration.integer(declaration.value(anyOf: ["max_window_layers"]), in: 0...1_000_000) ?? 0 : 0
    return sliding.enumerated().map { $0.element ? narrow : $0.offset >= first ? full : nil }
  }
}
