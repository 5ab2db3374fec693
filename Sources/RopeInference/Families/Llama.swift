/// Llama, and what is built like it.
extension DecoderFamily {
  static let llama = DecoderFamily("llama", architectures: ["llama"]) { reader throws(InferenceError) in
    // llama.cpp has one name for Llama, Mistral and Mixtral.
    if reader.model.isStored, try reader.optionalSize(["num_experts"], from: 0) ?? 0 > 0 {
      return try mixtral.describe(reader)
    }
    return try reader.decoder(
      feedForward: reader.feedForward(hasBias: reader.flag("mlp_bias")), hasBiases: reader.flag("attention_bias"))
  }
}
