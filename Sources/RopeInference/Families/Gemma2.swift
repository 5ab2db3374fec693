/// Gemma 2: norms around each part, capped logits, every second layer with a window.
extension DecoderFamily {
  static let gemma2 = DecoderFamily("gemma2", architectures: ["gemma2"], naming: .normsAround) {
    reader throws(InferenceError) in
    var decoder = try reader.gemma(headNorm: false)
    let cap = try reader.softCap("attn_logit_softcapping")
    for layer in decoder.layers.indices { decoder.layers[layer].attention.softCap = cap }
    decoder.finalSoftCap = try reader.softCap("final_logit_softcapping")
    return decoder
  }
}

extension FamilyReader {
  /// Gemma 2 and 3: norms around each part and a scale of logits that the file names.
  func gemma(headNorm: Bool) throws(InferenceError) -> Decoder {
    let norm = try differenceNorm(), bias = try flag("attention_bias")
    let feed = FeedForwardDescription(
      size: try size("intermediate_size"), activation: try activation("hidden_activation", default: .geluTanh))
    let count = try layers, hidden = try hiddenSize
    let scalar = try model.isStored ? nil : number(["query_pre_attn_scalar"], in: 1e-3...1e9)
    var decoder = try decoder(norm: norm, feedForward: feed, hasBiases: bias) { layer, _ in
      layer.attentionOutputNorm = norm
      layer.feedForwardOutputNorm = norm
      if headNorm { layer.attention.headNorm = .init(norm) }
      // The files of llama.cpp do not tell the scalar; only the 27-billion models have another than the head's size,
      // and those alone have 46 (Gemma 2) and 62 layers (Gemma 3).
      let isLargest = count == (headNorm ? 62 : 46)
      let stored = Double(isLargest ? hidden / layer.attention.heads : layer.attention.headDimension)
      layer.attention.scale = 1 / (scalar ?? stored).squareRoot()
    }
    decoder.scaleEmbeddings()
    return decoder
  }
}
