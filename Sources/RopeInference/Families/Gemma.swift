/// Gemma: scaled embeddings, norms stored as differences from 1.
extension DecoderFamily {
  static let gemma = DecoderFamily("gemma", architectures: ["gemma"]) { reader throws(InferenceError) in
    var feed = try reader.feedForward(default: .geluTanh)
    // The class takes “gelu” for the approximation, which the official files mean.
    if feed.activation == .gelu { feed.activation = .geluTanh }
    var decoder = try reader.decoder(
      norm: reader.differenceNorm(), feedForward: feed, hasBiases: reader.flag("attention_bias"))
    decoder.scaleEmbeddings()
    return decoder
  }
}

extension FamilyReader {
  /// A norm that is stored as the difference from 1.
  func differenceNorm() throws(InferenceError) -> NormDescription {
    var norm = try norm()
    norm.offset = 1
    return norm
  }
}

extension Decoder {
  mutating func scaleEmbeddings() { embeddingScale = Double(hiddenSize).squareRoot() }
}
