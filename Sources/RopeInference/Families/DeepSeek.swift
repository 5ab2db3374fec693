/// DeepSeek-V2, V3 and what is built like them: latent attention and experts in groups.
extension DecoderFamily {
  static let deepSeekV3 = DecoderFamily(
    "deepseek_v3", "kimi_k2", "kimi_k25_text", architectures: ["deepseek2", "mistral4"]
  ) { reader throws(InferenceError) in
    try reader.deepSeek(reader.groupedMixture(hasCorrection: true))
  }

  static let deepSeekV2 = DecoderFamily("deepseek_v2") { reader throws(InferenceError) in
    var mixture = try reader.groupedMixture(hasCorrection: false)
    mixture.normalises = false
    switch try reader.text("topk_method") {
    case "greedy": mixture.groups = nil
    case "group_limited_greedy": mixture.groups?.score = .largest
    default: throw reader.refusal(["topk_method"], "greedy or group_limited_greedy")
    }
    return try reader.deepSeek(mixture, hasBias: reader.flag("mlp_bias"))
  }

  /// Mistral 4: latent attention with a temperature of queries; no correction of the router.
  static let mistral4 = DecoderFamily("mistral4") { reader throws(InferenceError) in
    try reader.deepSeek(reader.groupedMixture(hasCorrection: false))
  }
}

extension FamilyReader {
  /// - Parameter hasBias: of what is no expert of a router.
  fileprivate func deepSeek(_ mixture: MixtureDescription, hasBias: Bool = false) throws(InferenceError) -> Decoder {
    let shared = try optionalSize(["n_shared_experts"], from: 0) ?? 0, bias = try flag("attention_bias")
    let dense = try optionalSize(["first_k_dense_replace"], from: 0) ?? 0, activation = try activation()
    let latent = AttentionDescription.Latent(
      queryRank: try optionalSize(["q_lora_rank"]), keyValueRank: try size("kv_lora_rank"),
      plain: try size("qk_nope_head_dim"), rotated: try size("qk_rope_head_dim"), value: try size("v_head_dim"),
      hasBias: bias)
    let head = latent.plain + latent.rotated
    return try decoder(feedForward: feedForward(hasBias: hasBias)) { layer, index in
      layer.attention.latent = latent
      layer.attention.keyValueHeads = layer.attention.heads
      layer.attention.headDimension = max(head, latent.value)
      layer.attention.scale = 1 / Double(head).squareRoot()
      layer.attention.hasOutputBias = bias
      if index >= dense {
        layer.feedForward = FeedForwardDescription(
          size: shared * mixture.size, activation: activation, hasBias: hasBias, mixture: mixture)
      }
    }
  }
}
