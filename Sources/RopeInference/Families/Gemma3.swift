/// Gemma 3: Gemma 2 with normed queries and keys and two rotations. Attention logits have no cap: the class reads the
/// key and does not apply it, and llama.cpp has none either.
extension DecoderFamily {
  static let gemma3 = DecoderFamily("gemma3_text", architectures: ["gemma3"], naming: .normsAround) {
    reader throws(InferenceError) in
    var decoder = try reader.gemma(headNorm: true)
    // The multimodal class has no cap of its logits either.
    if !reader.model.isPartOfLarger { decoder.finalSoftCap = try reader.softCap("final_logit_softcapping") }
    return decoder
  }
}
