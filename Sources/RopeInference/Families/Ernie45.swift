/// ERNIE 4.5: Llama with neighbouring pairs and biases everywhere or nowhere.
extension DecoderFamily {
  static let ernie45 = DecoderFamily("ernie4_5", architectures: ["ernie4_5"]) { reader throws(InferenceError) in
    let bias = try reader.flag("use_bias")
    return try reader.decoder(feedForward: reader.feedForward(hasBias: bias), hasBiases: bias)
  }
}
