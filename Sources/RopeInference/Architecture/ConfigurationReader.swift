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

  /// `layer_types`, where it stands, names one type a layer that the forward pass has.
  func checkLayerTypes(_ layers: Int) throws(ConfigurationError) {
    guard let value = declaration.value(anyOf: ["layer_types"]) else { return }
    guard let elements = value.node.elements else {
      throw declaration.error("“layer_types” is \(value.node.phrase), expected a list of one text a layer", at: value)
    }
    guard elements.count == layers else {
      throw declaration.error("“layer_types” names \(elements.count) layers, the model has \(layers)", at: value)
    }
    for (index, element) in elements.enumerated() {
      guard let type = element.string, ["full_attention", "sliding_attention"].contains(type) else {
        let entry = DeclaredValue(key: "layer_types[\(index)]", node: element, pointer: "\(value.pointer)/\(index)")
        throw declaration.error(
          "“\(entry.key)” is \(element.phrase), expected full_attention or sliding_attention", at: entry)
      }
    }
  }
}
