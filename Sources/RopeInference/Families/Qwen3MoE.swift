/// Qwen 3 with experts.
extension DecoderFamily {
  static let qwen3MoE = DecoderFamily("qwen3_moe", architectures: ["qwen3moe"]) { reader throws(InferenceError) in
    let mixture = try reader.sparseMixture(), activation = try reader.activation(), isSparse = try reader.sparseLayers()
    var decoder = try qwen3.describe(reader)
    for index in decoder.layers.indices where isSparse(index) {
      decoder.layers[index].feedForward = FeedForwardDescription(size: 0, activation: activation, mixture: mixture)
    }
    return decoder
  }
}
