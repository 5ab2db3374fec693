import RopeConfig

/// Apertus: xIELU with numbers of each layer, normed queries and keys.
extension DecoderFamily {
  static let apertus = DecoderFamily("apertus", architectures: ["apertus"], naming: .apertus) {
    reader throws(InferenceError) in
    let norm = try reader.norm()
    let slopes = try reader.slopes()
    return try reader.decoder(
      feedForward: reader.feedForward(.plain, default: .xielu), hasBiases: reader.flag("attention_bias")
    ) { layer, index in
      layer.feedForward.slopes = slopes?[index]
      layer.attention.headNorm = .init(norm)
    }
  }
}

extension FamilyReader {
  /// The four numbers of xIELU of each layer, which a GGUF file has among its metadata; nil where they are tensors.
  fileprivate func slopes() throws(InferenceError) -> [[Double]]? {
    guard model.isStored else { return nil }
    var slopes = Array(repeating: [Double](), count: try layers)
    for (name, stored) in StoredKeys.ofLayers {
      guard let values = try reals(name), values.count == 1 || values.count == slopes.count else {
        throw .unsupported("the file has no “\(stored)” for its \(slopes.count) layers, which the forward pass needs")
      }
      for index in slopes.indices { slopes[index].append(values[values.count == 1 ? 0 : index]) }
    }
    return slopes
  }
}

extension WeightNaming {
  static let apertus = standard.with([
    .attentionNorm: "attention_layernorm", .feedForwardNorm: "feedforward_layernorm",
    .slopeAbove: "mlp.act_fn.alpha_p", .slopeBelow: "mlp.act_fn.alpha_n", .slopeCommon: "mlp.act_fn.beta",
    .slopeLimit: "mlp.act_fn.eps",
  ])
}
