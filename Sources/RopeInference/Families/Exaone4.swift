/// EXAONE 4: normed outputs, normed queries and keys, full layers that do not rotate.
extension DecoderFamily {
  static let exaone4 = DecoderFamily("exaone4", architectures: ["exaone4"], naming: .normsAfter) {
    reader throws(InferenceError) in
    let norm = try reader.norm()
    return try reader.decoder(norm: norm) { layer, _ in
      layer.normsOutputsOnly(by: norm)
      layer.attention.headNorm = .init(norm)
    }
  }
}
