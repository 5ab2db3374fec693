/// GLM-4.5 and later: experts in groups beside a shared one, the first layers dense.
extension DecoderFamily {
  static let glm4MoE = DecoderFamily("glm4_moe") { reader throws(InferenceError) in
    let mixture = try reader.groupedMixture(hasCorrection: true), activation = try reader.activation()
    let shared = try reader.optionalSize(["n_shared_experts"], from: 0) ?? 0
    let dense = try reader.optionalSize(["first_k_dense_replace"], from: 0) ?? 0
    let bias = try reader.flag("attention_bias"), norm = try reader.norm(), normsHeads = try reader.flag("use_qk_norm")
    return try reader.decoder { layer, index in
      layer.attention.hasBias = bias
      if normsHeads { layer.attention.headNorm = .init(norm) }
      if index >= dense {
        layer.feedForward = FeedForwardDescription(
          size: shared * mixture.size, activation: activation, mixture: mixture)
      }
    }
  }
}

extension FamilyReader {
  /// Experts of DeepSeek's kind, chosen among the best groups.
  func groupedMixture(hasCorrection: Bool) throws(InferenceError) -> MixtureDescription {
    var mixture = MixtureDescription(
      experts: try size("n_routed_experts", "num_local_experts", "num_experts"),
      chosen: try size("num_experts_per_tok"), size: try size("moe_intermediate_size"),
      scoring: hasCorrection ? .sigmoid : .softmax)
    mixture.hasCorrection = hasCorrection
    mixture.normalises = try flag("norm_topk_prob")
    mixture.scale = try number("routed_scaling_factor")
    mixture.groups = .init(
      count: try optionalSize(["n_group"]) ?? 1, chosen: try optionalSize(["topk_group"]) ?? 1, score: .sumOfTwo)
    return mixture
  }
}
