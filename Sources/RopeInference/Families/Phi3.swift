/// Phi-3: fused projections.
extension DecoderFamily {
  static let phi3 = DecoderFamily("phi3", architectures: ["phi3"]) { reader throws(InferenceError) in
    try reader.decoder(feedForward: reader.feedForward(.gatedStacked)) { layer, _ in
      layer.attention.projections = .stacked
    }
  }
}
