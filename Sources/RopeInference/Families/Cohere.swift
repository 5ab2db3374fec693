/// Command R: one layer norm without bias, parallel parts, scaled logits.
extension DecoderFamily {
  static let cohere = DecoderFamily("cohere", "cohere2") { reader throws(InferenceError) in
    var norm = try reader.norm(.layer)
    norm.hasBias = false
    let bias = try reader.flag("attention_bias"), normsHeads = try reader.flag("use_qk_norm")
    var decoder = try reader.decoder(norm: norm) { layer, _ in
      layer.isParallel = true
      layer.feedForwardNorm = nil
      layer.attention.hasBias = bias
      layer.attention.hasOutputBias = bias
      if normsHeads { layer.attention.headNorm = .init(norm, scope: .eachHead) }
    }
    decoder.headScale = try reader.number("logit_scale")
    return decoder
  }
}
