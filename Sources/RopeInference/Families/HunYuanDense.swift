/// Hunyuan's dense models: queries and keys are normed after rotation.
extension DecoderFamily {
  static let hunYuanDense = DecoderFamily("hunyuan_v1_dense", architectures: ["hunyuan-dense"], naming: .hunYuan) {
    reader throws(InferenceError) in
    let norm = try reader.norm()
    var decoder = try llama.describe(reader)
    for layer in decoder.layers.indices {
      decoder.layers[layer].attention.headNorm = .init(norm, isAfterRotation: true)
      decoder.layers[layer].feedForward.hasBias = false
    }
    return decoder
  }
}

extension WeightNaming {
  static let hunYuan = standard.with([
    .queryNorm: "self_attn.query_layernorm", .keyNorm: "self_attn.key_layernorm",
  ])
}
