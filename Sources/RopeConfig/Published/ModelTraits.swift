import RopeJSON

/// The values of a configuration that tell published models apart, read once and with no complaint: a value of the
/// wrong kind is no evidence.
struct ModelTraits {
  let declaration: Declaration
  /// The language model's own type and the outer one.
  let types: [String]
  let base: Double?
  let hidden: Int?
  let vocabulary: Int?
  let layers: Int?
  let keyValueHeads: Int?
  let intermediate: Int?
  let window: Int?
  let original: Int?
  let scalingType: String?
  let factor: Double?

  init(_ declaration: Declaration) {
    self.declaration = declaration
    func count(_ keys: String...) -> Int? { declaration.value(anyOf: keys)?.node.wholeNumber }
    let outer = declaration.root.member("model_type")?.node.string
    let inner = declaration.text.member("model_type")?.node.string
    types = [inner, outer].compactMap { $0 }.map { $0.hasSuffix("_text") ? String($0.dropLast(5)) : $0 }
    hidden = count("hidden_size", "n_embd")
    vocabulary = count("vocab_size", "padded_vocab_size")
    layers = count("num_hidden_layers", "n_layer", "num_layers")
    keyValueHeads = count("num_key_value_heads")
    intermediate = count("intermediate_size")
    window = count("max_position_embeddings", "n_positions", "seq_length")
    var parts: [DeclaredValue] = []
    for name in ["rope_scaling", "rope_parameters"] {
      guard let dictionary = declaration.value(anyOf: [name]), let members = dictionary.node.members else { continue }
      let nested = members.contains { $0.node.members != nil }
      if nested, let full = dictionary.member("full_attention") { parts.append(full) }
      if !nested { parts.append(dictionary) }
    }
    base =
      declaration.value(anyOf: ["rope_theta", "rotary_emb_base", "rope_base"])?.node.finiteNumber
      ?? parts.lazy.compactMap { $0.member("rope_theta")?.node.finiteNumber }.first
    original = parts.lazy.compactMap { $0.member("original_max_position_embeddings")?.node.wholeNumber }.first
    func type(_ part: DeclaredValue) -> String? { part.member(anyOf: ["rope_type", "type"])?.node.string }
    let scaled = parts.first { !["default", "mrope", nil].contains(type($0)) }
    scalingType = scaled.flatMap(type)
    factor = scaled?.member("factor")?.node.finiteNumber
  }

  /// The window, and what it was before a scaling that counts from it.
  var statedWindows: [Int] {
    let isExtended = ["yarn", "linear", "dynamic"].contains(scalingType)
    return [window, isExtended ? original : nil].compactMap { $0 }
  }

  /// Nothing but a type, and perhaps a scaling.
  var isBare: Bool { base == nil && hidden == nil && window == nil && vocabulary == nil }

  func holds(_ key: String, _ value: JSONNode.Value) -> Bool {
    guard let node = declaration.value(anyOf: [key])?.node ?? scalingMember(key) else { return false }
    switch (node.value, value) {
    case (.string(let found), .string(let wanted)): return found == wanted
    case (.number(let found, _), .number(let wanted, _)): return found == wanted
    case (.bool(let found), .bool(let wanted)): return found == wanted
    default: return false
    }
  }

  private func scalingMember(_ key: String) -> JSONNode? {
    declaration.value(anyOf: ["rope_scaling", "rope_parameters"])?.member(key)?.node
  }
}

extension JSONNode {
  fileprivate var wholeNumber: Int? { finiteNumber.flatMap { Int(exactly: $0) } }
}

extension JSONNode.Value {
  /// A number for a comparison.
  static func count(_ value: Int) -> JSONNode.Value { .number(Double(value), literal: "\(value)") }
}
