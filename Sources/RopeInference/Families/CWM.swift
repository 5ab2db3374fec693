/// Code World Model: Llama 3 with windows in three of four layers.
extension DecoderFamily {
  static let cwm = DecoderFamily("cwm") { reader throws(InferenceError) in
    try reader.decoder(feedForward: reader.feedForward(hasBias: reader.flag("mlp_bias")))
  }
}
