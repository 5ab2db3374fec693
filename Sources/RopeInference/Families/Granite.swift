/// Granite: Llama with four multipliers.
extension DecoderFamily {
  static let granite = DecoderFamily("granite", architectures: ["granite"]) { reader throws(InferenceError) in
    // 0 in a GGUF file means that there is none.
    func multiplier(_ key: String) throws(InferenceError) -> Double? {
      let number = try reader.optionalNumber([key])
      return reader.model.isStored && number == 0 ? nil : number
    }
    let residual = try multiplier("residual_multiplier"), scale = try multiplier("attention_multiplier")
    var decoder = try llama.describe(reader)
    for layer in decoder.layers.indices {
      decoder.layers[layer].residualScale = residual ?? 1
      decoder.layers[layer].attention.scale = scale
    }
    decoder.embeddingScale = try multiplier("embedding_multiplier") ?? 1
    decoder.headScale = try 1 / reader.number(["logits_scaling"], in: 1e-9...1e9)
    return decoder
  }
}
