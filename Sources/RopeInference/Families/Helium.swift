/// Helium: Llama with neighbouring pairs and no bias of the output projection.
extension DecoderFamily {
  static let helium = DecoderFamily("helium") { reader throws(InferenceError) in
    var decoder = try llama.describe(reader)
    for layer in decoder.layers.indices { decoder.layers[layer].attention.hasOutputBias = false }
    return decoder
  }
}
