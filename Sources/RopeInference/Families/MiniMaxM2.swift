/// MiniMax-M2: experts by a sigmoid with a correction.
extension DecoderFamily {
  static let miniMaxM2 = DecoderFamily("minimax_m2", architectures: ["minimax-m2"], naming: .mixtral) {
    reader throws(InferenceError) in
    var mixture = MixtureDescription(
      experts: try reader.size("num_local_experts", "num_experts"), chosen: try reader.size("num_experts_per_tok"),
      size: try reader.expertSize(), scoring: try reader.storedScoring() ?? .sigmoid)
    mixture.hasCorrection = true
    mixture.normalises = true
    let norm = try reader.norm()
    return try reader.decoder(feedForward: reader.feedForward(mixture: mixture)) { layer, _ in
      layer.attention.headNorm = .init(norm, scope: .projection)
    }
  }
}
