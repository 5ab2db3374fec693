/// Nemotron: layer norms stored as differences from 1, a squared rectifier.
extension DecoderFamily {
  static let nemotron = DecoderFamily("nemotron", architectures: ["nemotron"]) { reader throws(InferenceError) in
    var norm = try reader.norm(.layer, "norm_eps")
    norm.offset = 1
    let bias = try reader.flag("attention_bias")
    let feed = FeedForwardDescription(
      layout: .plain, size: try reader.size("intermediate_size"), activation: try reader.activation(),
      hasBias: try reader.flag("mlp_bias"))
    return try reader.decoder(norm: norm, feedForward: feed) { layer, _ in
      layer.attention.hasBiases = bias
    }
  }
}
