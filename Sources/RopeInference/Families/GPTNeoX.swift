/// GPT-NeoX: layer norms, a parallel residual, projections that lie head by head.
extension DecoderFamily {
  static let gptNeoX = DecoderFamily("gpt_neox", architectures: ["gptneox"], naming: .gptNeoX) {
    reader throws(InferenceError) in
    let bias = try reader.flag("attention_bias")
    let flag = try reader.flag("use_parallel_residual")
    let isParallel = flag || reader.model.value(["use_parallel_residual"]) == nil
    let feed = try reader.feedForward(.plain, hasBias: true, default: .gelu)
    return try reader.decoder(norm: reader.norm(.layer), feedForward: feed, hasBiases: bias) { layer, _ in
      layer.attention.projections = .grouped
      layer.attention.keyValueHeads = layer.attention.heads
      layer.isParallel = isParallel
    }
  }
}

extension WeightNaming {
  static let gptNeoX = standard.with(
    root: "gpt_neox.",
    [
      .embedding: "embed_in", .outputHead: "embed_out", .finalNorm: "final_layer_norm",
      .queryKeyValue: "attention.query_key_value", .attentionOutput: "attention.dense", .up: "mlp.dense_h_to_4h",
      .down: "mlp.dense_4h_to_h",
    ])
}
