/// OLMoE: experts everywhere, all heads of queries and of keys normed together.
extension DecoderFamily {
  static let olmoE = DecoderFamily("olmoe", architectures: ["olmoe"]) { reader throws(InferenceError) in
    var mixture = MixtureDescription(
      experts: try reader.size("num_experts", "num_local_experts"), chosen: try reader.size("num_experts_per_tok"),
      size: try reader.size("intermediate_size"))
    mixture.normalises = try reader.flag("norm_topk_prob")
    let norm = try reader.norm(), bias = try reader.flag("attention_bias")
    let clip = try reader.optionalNumber(["clip_qkv"])
    return try reader.decoder(feedForward: reader.feedForward(mixture: mixture), hasBiases: bias) { layer, _ in
      layer.attention.headNorm = .init(norm, scope: .projection)
      layer.attention.clip = clip
    }
  }
}
