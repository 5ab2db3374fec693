/// Falcon: few key heads in one matrix with their queries, parallel parts with one norm or two.
extension DecoderFamily {
  static let falcon = DecoderFamily("falcon", architectures: ["falcon"], naming: .falcon, storedNaming: .ggufFalcon) {
    reader throws(InferenceError) in
    // llama.cpp has the parallel ones only, and takes a second norm for the sign of the new ones.
    let isStored = reader.model.isStored, flag = try reader.flag("new_decoder_architecture")
    let isNew = isStored ? reader.stores(.attentionNorm) : flag, bias = try reader.flag("bias")
    let parallel = try reader.flag("parallel_attn"), isParallel = isNew || parallel || isStored
    let norms = try reader.optionalSize(["num_ln_in_parallel_attn"]) ?? (isNew ? 2 : 1)
    let isMultiQuery = try reader.flag("multi_query")
    let hidden = try reader.hiddenSize
    let feed = FeedForwardDescription(
      layout: .plain,
      size: try reader.optionalSize(isStored ? ["intermediate_size"] : ["ffn_hidden_size"]) ?? 4 * hidden,
      activation: try reader.activation("activation"), hasBias: bias)
    return try reader.decoder(
      norm: reader.norm(.layer, "layer_norm_epsilon"), feedForward: feed, hasBiases: bias
    ) { layer, _ in
      layer.attention.projections = .grouped
      if !isNew, !isStored { layer.attention.keyValueHeads = isMultiQuery ? 1 : layer.attention.heads }
      layer.isParallel = isParallel
      if isParallel, !(isNew && norms == 2) { layer.feedForwardNorm = nil }
    }
  }
}

extension WeightNaming {
  static let ggufFalcon = gguf.with(
    [.attentionNorm: "attn_norm_2", .feedForwardNorm: "attn_norm"], others: [.attentionNorm: ["attn_norm"]])

  static let falcon = standard.with(
    root: "transformer.", layer: "h.#.",
    [
      .embedding: "word_embeddings", .finalNorm: "ln_f", .queryKeyValue: "self_attention.query_key_value",
      .attentionOutput: "self_attention.dense", .up: "mlp.dense_h_to_4h", .down: "mlp.dense_4h_to_h",
    ],
    others: [.attentionNorm: ["ln_attn"], .feedForwardNorm: ["ln_mlp"]])
}
