/// GPT-2: learned positions, nothing rotates; matrices are stored the other way round.
extension DecoderFamily {
  static let gpt2 = DecoderFamily("gpt2", architectures: ["gpt2"], naming: .gpt2) { reader throws(InferenceError) in
    let hidden = try reader.hiddenSize
    let feed = FeedForwardDescription(
      layout: .plain,
      size: try reader.optionalSize([reader.model.isStored ? "intermediate_size" : "n_inner"]) ?? 4 * hidden,
      activation: try reader.activation("activation_function"), hasBias: true)
    let isScaled = try reader.flag("scale_attn_weights"), byLayer = try reader.flag("scale_attn_by_inverse_layer_idx")
    var decoder = try reader.decoder(
      norm: reader.norm(.layer, "layer_norm_epsilon"), feedForward: feed, hasBiases: true
    ) { layer, index in
      layer.attention.projections = .stacked
      layer.attention.keyValueHeads = layer.attention.heads
      let scale = isScaled ? 1 / Double(layer.attention.headDimension).squareRoot() : 1
      layer.attention.scale = scale / Double(byLayer ? index + 1 : 1)
    }
    decoder.learnedPositions = reader.model.window
    return decoder
  }
}

extension WeightNaming {
  static let gpt2 = standard.with(
    root: "transformer.", layer: "h.#.", transposed: [.queryKeyValue, .attentionOutput, .up, .down],
    [
      .embedding: "wte", .positions: "wpe", .finalNorm: "ln_f", .attentionNorm: "ln_1", .feedForwardNorm: "ln_2",
      .queryKeyValue: "attn.c_attn", .attentionOutput: "attn.c_proj", .up: "mlp.c_fc", .down: "mlp.c_proj",
    ])
}
