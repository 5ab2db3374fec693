import RopeConfig
import RopeJSON
import RopeMath

/// Reads what the forward pass needs of a configuration, beside its rotary embedding.
struct ConfigurationReader {
  let declaration: Declaration

  /// Smaller caps of logits would leave nothing of them.
  static let smallestSoftCap = 1e-3

  func number(_ keys: [String], in range: ClosedRange<Double>) throws(ConfigurationError) -> Double? {
    guard let value = declaration.value(anyOf: keys), let number = try declaration.number(value) else { return nil }
    guard range.contains(number) else {
      throw declaration.error(
        "“\(value.key)” is \(value.node.phrase), expected \(range.lowerBound.formattedShortest) … "
          + range.upperBound.formattedShortest, at: value)
    }
    return number
  }

  /// The cap of a kind of logits; nil where it is absent, null or 0.
  func softCap(_ key: String) throws(ConfigurationError) -> Double? {
    guard let value = declaration.value(anyOf: [key]), let cap = try declaration.number(value), cap != 0 else {
      return nil
    }
    guard cap >= Self.smallestSoftCap else {
      throw declaration.error(
        "“\(key)” is \(value.node.phrase), expected \(Self.smallestSoftCap.formattedShortest) or more, or 0 for none",
        at: value)
    }
    return cap
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
  func slidingLayers(_ layers: Int, model: Reading) throws(ConfigurationError) -> [Bool] {
    let types = try layerTypes(layers)
    guard let sliding = model.layerTypes.first(where: \.isSliding) else {
      return [Bool](repeating: false, count: layers)
    }
    if let types { return types.map { $0 == Self.slidingType } }
    let keys = ["sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers"]
    let pattern = try declaration.integer(declaration.value(anyOf: keys), in: 1...1_000_000)
    return Self.slidingLayers(layers, sliding: sliding, pattern: pattern)
  }

  private static let slidingType = "sliding_attention"

  /// `layer_types`; nil where the configuration has none.
  private func layerTypes(_ layers: Int) throws(ConfigurationError) -> [String]? {
    guard let value = declaration.value(anyOf: ["layer_types"]) else { return nil }
    guard let elements = value.node.elements else {
      throw declaration.error("“layer_types” is \(value.node.phrase), expected a list of one text a layer", at: value)
    }
    guard elements.count == layers else {
      throw declaration.error("“layer_types” names \(elements.count) layers, the model has \(layers)", at: value)
    }
    var types: [String] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let type) = element.value, ["full_attention", Self.slidingType].contains(type) else {
        let entry = DeclaredValue(key: "layer_types[\(index)]", node: element, pointer: "\(value.pointer)/\(index)")
        throw declaration.error(
          "“\(entry.key)” is \(element.phrase), expected full_attention or \(Self.slidingType)", at: entry)
      }
      types.append(type)
    }
    return types
  }

  /// Of every so many layers the last one sees everything; without a pattern it follows from how many there are.
  static func slidingLayers(_ layers: Int, sliding: LayerRotary, pattern: Int?) -> [Bool] {
    let full = layers - (sliding.layerCount ?? 0)
    let pattern = pattern ?? (full > 0 ? layers / full : layers + 1)
    return (0..<layers).map { ($0 + 1) % max(1, pattern) != 0 }
  }

  /// Layer by layer, the keys that it sees.
  func windows(_ sliding: [Bool], model: Reading) -> [Int?] {
    let full = model.layerTypes.first { !$0.isSliding }?.window
    let narrow = model.layerTypes.first(where: \.isSliding)?.window
    return sliding.enumerated().map { layer, isSliding in
      if isSliding { return narrow }
      guard let windowed = model.windowedLayers else { return full }
      return layer < windowed.count && windowed[layer] ? full : nil
    }
  }
}
