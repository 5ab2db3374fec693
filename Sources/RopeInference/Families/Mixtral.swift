/// Mixtral: experts in place of the feed-forward layer.
extension DecoderFamily {
  static let mixtral = DecoderFamily("mixtral", naming: .mixtral) { reader throws(InferenceError) in
    var mixture = MixtureDescription(
      experts: try reader.size("num_local_experts", "num_experts"), chosen: try reader.size("num_experts_per_tok"),
      size: try reader.size("intermediate_size"))
    mixture.normalises = true
    return try reader.decoder(feedForward: reader.feedForward(mixture: mixture))
  }
}

extension WeightNaming {
  static let mixtral = standard.with(
    [
      .router: "block_sparse_moe.gate", .expertGate: "block_sparse_moe.experts.@.w1",
      .expertUp: "block_sparse_moe.experts.@.w3", .expertDown: "block_sparse_moe.experts.@.w2",
      .routerCorrection: "block_sparse_moe.e_score_correction_bias",
    ],
    others: [.router: ["mlp.gate"], .routerCorrection: ["mlp.e_score_correction_bias"]])
}
