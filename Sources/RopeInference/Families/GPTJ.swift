/// GPT-J: one layer norm, parallel parts, a bias of the output head.
extension DecoderFamily {
  static let gptJ = DecoderFamily("gptj", naming: .gptJ) { reader throws(InferenceError) in
    let hidden = try reader.hiddenSize
    let feed = FeedForwardDescription(
      layout: .plain, size: try reader.optionalSize(["n_inner"]) ?? 4 * hidden,
      activation: try reader.activation("activation_function"), hasBias: true)
    var decoder = try reader.decoder(norm: reader.norm(.layer, "layer_norm_epsilon"), feedForward: feed) { layer, _ in
      layer.attention.keyValueHeads = layer.attention.heads
      layer.isParallel = true
      layer.feedForwardNorm = nil
    }
    decoder.hasHeadBias = true
    return decoder
  }
}

extension WeightNaming {
  static let gptJ = standard.with(
    root: "transformer.", layer: "h.#.",
    [
      .embedding: "wte", .finalNorm: "ln_f", .attentionNorm: "ln_1", .query: "attn.q_proj", .key: "attn.k_proj",
      .value: "attn.v_proj", .attentionOutput: "attn.out_proj", .up: "mlp.fc_in", .down: "mlp.fc_out",
    ])
}
