/// Granite: Llama with four multipliers.
extension DecoderFamily {
  static let granite = DecoderFamily("granite") { reader throws(InferenceError) in
    let multiplier = try reader.number("residual_multiplier"), scale = try reader.number("attention_multiplier")
    var decoder = try llama.describe(reader)
    for layer in decoder.layers.indices {
      decoder.layers[layer].residualScale = multiplier
      decoder.layers[layer].attention.scale = scale
    }
    decoder.embeddingScale = try reader.number("embedding_multiplier")
    decoder.headScale = try 1 / reader.number(["logits_scaling"], in: 1e-9...1e9)
    return decoder
  }
}
