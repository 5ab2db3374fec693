/// StableLM 2: layer norms, of which a parallel layer has one.
extension DecoderFamily {
  static let stableLM = DecoderFamily("stablelm", architectures: ["stablelm"], naming: .stableLM) {
    reader throws(InferenceError) in
    let bias = try reader.flag("use_qkv_bias"), flag = try reader.flag("use_parallel_residual")
    let isParallel = reader.model.isStored ? !reader.stores(.feedForwardNorm) : flag
    let norm = try reader.norm(.layer), isNormed = try reader.flag("qk_layernorm")
    let normsHeads = isNormed || reader.stores(.queryNorm)
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
