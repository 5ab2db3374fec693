import RopeConfig

extension Reading {
  /// Layer by layer, whether it has the sliding layers' rotary embedding, and the tokens that it sees.
  ///
  /// - Throws: `InferenceError.unsupported` where the file tells its layers otherwise than the forward pass has them.
  func layerSequence(_ layers: Int) throws(InferenceError) -> (sliding: [Bool], windows: [Int?]) {
    guard layersWithoutRotation.isEmpty else {
      throw .unsupported(
        "\(layersWithoutRotation.count) of the layers of “\(name)” do not rotate, which the forward pass does not have")
    }
    guard layerTypes.count <= 2, layerTypes.count(where: \.isSliding) <= 1 else {
      let names = layerTypes.map(\.name).joined(separator: ", ")
      throw .unsupported("layers of the types \(names) cannot be run together")
    }
    guard layerWindows.count == layers else {
      throw .unsupported("“\(name)” tells the windows of \(layerWindows.count) layers, it has \(layers)")
    }
    let narrow = Set(layerTypes.first(where: \.isSliding)?.layerIndices ?? [])
    return ((0..<layers).map(narrow.contains), layerWindows)
  }
}
