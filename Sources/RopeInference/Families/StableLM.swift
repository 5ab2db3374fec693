/// StableLM 2: layer norms, of which a parallel layer has one.
extension DecoderFamily {
  static let stableLM = DecoderFamily("stablelm", naming: .stableLM) { reader throws(InferenceError) in
    let bias = try reader.flag("use_qkv_bias"), isParallel = try reader.flag("use_parallel_residual")
    let norm = try reader.norm(.layer), normsHeads = try reader.flag("qk_layernorm")
    return try reader.decoder(norm: norm) { layer, _ in
      layer.attention.hasBias = bias
      layer.isParallel = isParallel
      if isParallel { layer.feedForwardNorm = nil }
      if normsHeads {
        let own = NormDescription(kind: .layer, epsilon: norm.epsilon, hasBias: false)
        layer.attention.headNorm = .init(own, scope: .eachHead)
      }
    }
  }
}

extension WeightNaming {
  static let stableLM = standard.with([
    .queryNorm: "self_attn.q_layernorm.norms.@", .keyNorm: "self_attn.k_layernorm.norms.@",
  ])
}
