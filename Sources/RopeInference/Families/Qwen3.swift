/// Qwen 3: queries and keys are normed head by head.
extension DecoderFamily {
  static let qwen3 = DecoderFamily("qwen3", architectures: ["qwen3"]) { reader throws(InferenceError) in
    let bias = try reader.flag("attention_bias"), norm = try reader.norm()
    return try reader.decoder(hasBiases: bias) { layer, _ in layer.attention.headNorm = .init(norm) }
  }
}
