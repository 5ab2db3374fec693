/// Qwen 1.5 and 2 with experts, one of them shared and gated.
extension DecoderFamily {
  static let qwen2MoE = DecoderFamily("qwen2_moe", architectures: ["qwen2moe"], naming: .qwen2MoE) {
    reader throws(InferenceError) in
    var mixture = try reader.sparseMixture()
    mixture.hasSharedGate = true
    let key = "shared_expert_intermediate_size"
    let isTold = !reader.model.isStored || reader.model.value([key]) != nil
    let shared = try reader.size(isTold ? key : "intermediate_size")
    let activation = try reader.activation()
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
    let chosen = try size("num_experts_per_tok")
    var mixture = MixtureDescription(
      experts: try size("num_experts", "num_local_experts"), chosen: chosen,
      size: try expertSize("moe_intermediate_size", of: chosen))
    mixture.normalises = try flag("norm_topk_prob")
    return mixture
  }

  /// Features inside of one expert. A GGUF file may leave them out: it then has those of a token's experts together.
  func expertSize(_ key: String = "intermediate_size", of chosen: Int? = nil) throws(InferenceError) -> Int {
    guard model.isStored else { return try size(key) }
    if let own = try optionalSize(["moe_intermediate_size"]) { return own }
    return try size("intermediate_size") / (chosen ?? 1)
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
