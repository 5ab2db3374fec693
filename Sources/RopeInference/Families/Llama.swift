/// Llama, and what is built like it.
extension DecoderFamily {
  static let llama = DecoderFamily("llama", architectures: ["llama"]) { reader throws(InferenceError) in
    // llama.cpp has one name for Llama, Mistral and Mixtral.
    if reader.model.isStored, try reader.optionalSize(["num_experts"], from: 0) ?? 0 > 0 {
      return try mixtral.describe(reader)
    }
    var feed = FeedForwardDescription(size: try reader.size("intermediate_size"), activation: try reader.activation())
    feed.hasBias = try reader.flag("mlp_bias")
    let bias = try reader.flag("attention_bias")
    return try reader.decoder(feedForward: feed) { layer, _ in
      layer.attention.hasBiases = bias
    }
  }
}
