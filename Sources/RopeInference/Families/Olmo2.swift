/// OLMo 2 and 3: outputs are normed, and all heads of queries and of keys together.
extension DecoderFamily {
  static let olmo2 = DecoderFamily("olmo2", "olmo3", architectures: ["olmo2"], naming: .normsAfter) {
    reader throws(InferenceError) in
    let norm = try reader.norm(), bias = try reader.flag("attention_bias")
    return try reader.decoder(norm: norm, hasBiases: bias) { layer, _ in
      layer.normsOutputsOnly(by: norm)
      layer.attention.headNorm = .init(norm, scope: .projection)
    }
  }
}

extension LayerDescription {
  mutating func normsOutputsOnly(by norm: NormDescription) {
    attentionNorm = nil
    feedForwardNorm = nil
    attentionOutputNorm = norm
    feedForwardOutputNorm = norm
  }
}
