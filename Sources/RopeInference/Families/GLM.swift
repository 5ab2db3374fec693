/// GLM-4 of 2024: biases of queries, keys and values, gate and up in one matrix.
extension DecoderFamily {
  static let glm = DecoderFamily("glm", architectures: ["chatglm"]) { reader throws(InferenceError) in
    try reader.glm { _ in }
  }

  /// GLM-4 of 2025: the same with normed outputs.
  static let glm4 = DecoderFamily("glm4", architectures: ["glm4"], naming: .glm4) { reader throws(InferenceError) in
    let norm = try reader.norm()
    return try reader.glm { layer in
      layer.attentionOutputNorm = norm
      layer.feedForwardOutputNorm = norm
    }
  }
}

extension FamilyReader {
  fileprivate func glm(_ change: (inout LayerDescription) -> Void) throws(InferenceError) -> Decoder {
    let bias = try flag("attention_bias")
    return try decoder(feedForward: feedForward(.gatedStacked)) { layer, _ in
      layer.attention.hasBias = bias
      change(&layer)
    }
  }
}

extension WeightNaming {
  static let glm4 = standard.with([
    .attentionOutputNorm: "post_self_attn_layernorm", .feedForwardOutputNorm: "post_mlp_layernorm",
  ])
}
