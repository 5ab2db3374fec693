/// Seed-OSS: Llama with biases of queries, keys and values.
extension DecoderFamily {
  static let seedOSS = DecoderFamily("seed_oss", architectures: ["seed_oss"], storedNaming: .ggufNormedAfter) {
    reader throws(InferenceError) in
    let bias = try reader.flag("attention_bias"), outputBias = try reader.flag("attention_out_bias")
    var decoder = try llama.describe(reader)
    for layer in decoder.layers.indices {
      decoder.layers[layer].attention.hasBias = bias
      decoder.layers[layer].attention.hasOutputBias = outputBias
    }
    return decoder
  }
}
