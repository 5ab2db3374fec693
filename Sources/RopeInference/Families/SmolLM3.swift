/// SmolLM 3: every fourth layer does not rotate.
extension DecoderFamily {
  static let smolLM3 = DecoderFamily("smollm3", architectures: ["smollm3"]) { reader throws(InferenceError) in
    try llama.describe(reader)
  }
}
