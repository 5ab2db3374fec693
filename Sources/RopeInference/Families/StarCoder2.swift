/// StarCoder 2: layer norms and a plain feed-forward layer.
extension DecoderFamily {
  static let starCoder2 = DecoderFamily("starcoder2", architectures: ["starcoder2"], naming: .starCoder2) {
    reader throws(InferenceError) in
    let bias = try reader.flag("use_bias")
    return try reader.decoder(
      norm: reader.norm(.layer, "norm_epsilon"), feedForward: reader.feedForward(.plain, hasBias: bias),
      hasBiases: bias)
  }
}

extension WeightNaming {
  static let starCoder2 = standard.with([.up: "mlp.c_fc", .down: "mlp.c_proj"])
}
