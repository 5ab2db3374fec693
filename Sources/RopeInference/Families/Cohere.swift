/// Command R: one layer norm without bias, parallel parts, scaled logits.
extension DecoderFamily {
  static let cohere = DecoderFamily("cohere", "cohere2", architectures: ["command-r", "cohere2"]) {
    reader throws(InferenceError) in
    var norm = try reader.norm(.layer)
    norm.hasBias = false
    let bias = try reader.flag("attention_bias"), flag = try reader.flag("use_qk_norm")
    let normsHeads = flag || reader.stores(.queryNorm)
    var decoder = try reader.decoder(norm: norm, hasBiases: bias) { layer, _ in
      layer.isParallel = true
      layer.feedForwardNorm = nil
      if normsHeads { layer.attention.headNorm = .init(norm, scope: .eachHead) }
    }
    let scale = try reader.optionalNumber(["logit_scale"]) ?? 1
    decoder.headScale = scale == 0 ? 1 : scale
    return decoder
  }
}
