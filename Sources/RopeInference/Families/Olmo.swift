/// OLMo: layer norms without weights, cut projections.
extension DecoderFamily {
  static let olmo = DecoderFamily("olmo", architectures: ["olmo"]) { reader throws(InferenceError) in
    let norm = NormDescription(kind: .layer, epsilon: 1e-5, hasWeight: false, hasBias: false)
    let bias = try reader.flag("attention_bias"), clip = try reader.optionalNumber(["clip_qkv"])
    return try reader.decoder(norm: norm, hasBiases: bias) { layer, _ in layer.attention.clip = clip }
  }
}
