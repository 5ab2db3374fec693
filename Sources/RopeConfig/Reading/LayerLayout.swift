/// The layers of a model one by one.
struct LayerLayout {
  /// Nil where the class has layers of one type.
  var types: [String]?
  /// Layer by layer, whether it attends and rotates; empty where the file does not tell how many there are.
  var rotates: [Bool] = []
  /// Tokens that each layer sees; nil for all.
  var windows: [Int?] = []
  /// Tokens that the sliding layers see; nil where none slides.
  var window: Int?

  /// Whether a layer holds attention at all.
  func attends(_ layer: Int) -> Bool {
    guard let types, types.indices.contains(layer) else { return true }
    return !LayerPattern.withoutAttention.contains(types[layer])
  }

  /// Layers that rotate and whose type is meant.
  func rotating(_ isMeant: (String) -> Bool = { _ in true }) -> [Int]? {
    guard !rotates.isEmpty else { return nil }
    return rotates.indices.filter { layer in
      rotates[layer] && (types.map { $0.indices.contains(layer) && isMeant($0[layer]) } ?? true)
    }
  }
}
