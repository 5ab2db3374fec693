/// Arcee: a plain feed-forward layer with a squared rectifier.
extension DecoderFamily {
  static let arcee = DecoderFamily("arcee", architectures: ["arcee"]) { reader throws(InferenceError) in
    try reader.decoder(
      feedForward: reader.feedForward(.plain, hasBias: reader.flag("mlp_bias")),
      hasBiases: reader.flag("attention_bias"))
  }
}
