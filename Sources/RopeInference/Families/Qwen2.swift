/// Qwen 2: Llama with biases of queries, keys and values.
extension DecoderFamily {
  static let qwen2 = DecoderFamily("qwen2", architectures: ["qwen2"]) { reader throws(InferenceError) in
    try reader.decoder { layer, _ in layer.attention.hasBias = true }
  }
}
