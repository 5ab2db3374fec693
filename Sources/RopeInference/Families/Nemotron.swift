/// Nemotron: layer norms stored as differences from 1, a squared rectifier.
extension DecoderFamily {
  static let nemotron = DecoderFamily("nemotron", architectures: ["nemotron"]) { reader throws(InferenceError) in
    var norm = try reader.norm(.layer, "norm_eps")
    norm.offset = 1
    return try reader.decoder(
      norm: norm, feedForward: reader.feedForward(.plain, hasBias: reader.flag("mlp_bias")),
      hasBiases: reader.flag("attention_bias"))
  }
}
