/// Arcee: a plain feed-forward layer with a squared rectifier.
extension DecoderFamily {
  static let arcee = DecoderFamily("arcee", architectures: ["arcee"]) { reader throws(InferenceError) in
    let bias = try reader.flag("attention_bias")
    let feed = FeedForwardDescription(
      layout: .plain, size: try reader.size("intermediate_size"), activation: try reader.activation(),
      hasBias: try reader.flag("mlp_bias"))
    return try reader.decoder(feedForward: feed) { layer, _ in
      layer.attention.hasBiases = bias
    }
  }
}
