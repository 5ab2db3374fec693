/// Apertus: xIELU with numbers of each layer, normed queries and keys.
extension DecoderFamily {
  static let apertus = DecoderFamily("apertus", naming: .apertus) { reader throws(InferenceError) in
    let norm = try reader.norm(), bias = try reader.flag("attention_bias")
    let feed = FeedForwardDescription(
      layout: .plain, size: try reader.size("intermediate_size"), activation: try reader.activation())
    return try reader.decoder(feedForward: feed) { layer, _ in
      layer.attention.headNorm = .init(norm)
      layer.attention.hasBias = bias
      layer.attention.hasOutputBias = bias
    }
  }
}

extension WeightNaming {
  static let apertus = standard.with([
    .attentionNorm: "attention_layernorm", .feedForwardNorm: "feedforward_layernorm",
    .slopeAbove: "mlp.act_fn.alpha_p", .slopeBelow: "mlp.act_fn.alpha_n", .slopeCommon: "mlp.act_fn.beta",
    .slopeLimit: "mlp.act_fn.eps",
  ])
}
