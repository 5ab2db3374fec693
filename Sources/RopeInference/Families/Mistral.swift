/// Mistral and the Ministrals: Llama without biases, with windows or a temperature of queries.
extension DecoderFamily {
  static let mistral = DecoderFamily("mistral", "ministral", "ministral3", architectures: ["mistral3"]) {
    reader throws(InferenceError) in
    try reader.decoder()
  }
}
