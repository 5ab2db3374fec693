/// Phi 1 and 2: one layer norm, parallel parts, biases everywhere.
extension DecoderFamily {
  static let phi = DecoderFamily("phi", architectures: ["phi2"], naming: .phi) { reader throws(InferenceError) in
    let norm = try reader.norm(.layer), normsHeads = try reader.flag("qk_layernorm")
    let feed = try reader.feedForward(.plain, hasBias: true)
    var decoder = try reader.decoder(norm: norm, feedForward: feed, hasBiases: true) { layer, _ in
      layer.isParallel = true
      layer.feedForwardNorm = nil
      if normsHeads { layer.attention.headNorm = .init(norm) }
    }
    decoder.hasHeadBias = true
    return decoder
  }
}

extension WeightNaming {
  static let phi = standard.with([
    .finalNorm: "final_layernorm", .attentionOutput: "self_attn.dense", .queryNorm: "self_attn.q_layernorm",
    .keyNorm: "self_attn.k_layernorm", .up: "mlp.fc1", .down: "mlp.fc2",
  ])
}
