/// Falcon: few key heads in one matrix with their queries, parallel parts with one norm or two.
extension DecoderFamily {
  static let falcon = DecoderFamily("falcon", naming: .falcon) { reader throws(InferenceError) in
    let isNew = try reader.flag("new_decoder_architecture"), bias = try reader.flag("bias")
    let parallel = try reader.flag("parallel_attn"), isParallel = isNew || parallel
    let norms = try reader.optionalSize(["num_ln_in_parallel_attn"]) ?? (isNew ? 2 : 1)
    let isMultiQuery = try reader.flag("multi_query")
    let hidden = try reader.hiddenSize
    let feed = FeedForwardDescription(
      layout: .plain, size: try reader.optionalSize(["ffn_hidden_size"]) ?? 4 * hidden,
      activation: try reader.activation("activation"), hasBias: bias)
    return try reader.decoder(norm: reader.norm(.layer, "layer_norm_epsilon"), feedForward: feed) { layer, _ in
      layer.attention.projections = .grouped
      if !isNew { layer.attention.keyValueHeads = isMultiQuery ? 1 : layer.attention.heads }
      layer.attention.hasBias = bias
      layer.attention.hasOutputBias = bias
      layer.isParallel = isParallel
      if isParallel, !(isNew && norms == 2) { layer.feedForwardNorm = nil }
    }
  }
}

extension WeightNaming {
  static let falcon = standard.with(
    root: "transformer.", layer: "h.#.",
    [
      .embedding: "word_embeddings", .finalNorm: "ln_f", .queryKeyValue: "self_attention.query_key_value",
      .attentionOutput: "self_attention.dense", .up: "mlp.dense_h_to_4h", .down: "mlp.dense_4h_to_h",
    ],
    others: [.attentionNorm: ["ln_attn"], .feedForwardNorm: ["ln_mlp"]])
}
