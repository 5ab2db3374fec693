/// Phi-3: fused projections.
extension DecoderFamily {
  static let phi3 = DecoderFamily("phi3", architectures: ["phi3"]) { reader throws(InferenceError) in
    let feed = FeedForwardDescription(
      layout: .gatedStacked, size: try reader.size("intermediate_size"), activation: try reader.activation())
    return try reader.decoder(feedForward: feed) { layer, _ in layer.attention.projections = .stacked }
  }
}
