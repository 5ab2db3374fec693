/// Qwen 1.5 and 2 with experts, one of them shared and gated.
extension DecoderFamily {
  static let qwen2MoE = DecoderFamily("qwen2_moe", naming: .qwen2MoE) { reader throws(InferenceError) in
    var mixture = try reader.sparseMixture()
    mixture.hasSharedGate = true
    let shared = try reader.size("shared_expert_intermediate_size"), activation = try reader.activation()
    let bias = try reader.flag("qkv_bias"), isSparse = try reader.sparseLayers()
    return try reader.decoder { layer, index in
      layer.attention.hasBias = bias
      if isSparse(index) {
        layer.feedForward = FeedForwardDescription(size: shared, activation: activation, mixture: mixture)
      }
    }
  }
}

extension FamilyReader {
  /// Experts of Qwen's kind.
  func sparseMixture() throws(InferenceError) -> MixtureDescription {
    var mixture = MixtureDescription(
      experts: try size("num_experts", "num_local_experts"), chosen: try size("num_experts_per_tok"),
      size: try size("moe_intermediate_size"))
    mixture.normalises = try flag("norm_topk_prob")
    return mixture
  }

  /// Which layers have experts: every n-th but those that are listed.
  func sparseLayers() throws(InferenceError) -> (Int) -> Bool {
    let step = try size("decoder_sparse_step"), dense = Set(try numbers("mlp_only_layers") ?? [])
    return { !dense.contains($0) && ($0 + 1).isMultiple(of: step) }
  }
}

extension WeightNaming {
  static let qwen2MoE = standard.with([
    .sharedGate: "mlp.shared_expert.gate_proj", .sharedUp: "mlp.shared_expert.up_proj",
    .sharedDown: "mlp.shared_expert.down_proj", .sharedRouter: "mlp.shared_expert_gate",
  ])
}
