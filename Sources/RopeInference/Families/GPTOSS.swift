/// gpt-oss: a learned sink in each head, every second layer with a window, experts with biases.
extension DecoderFamily {
  static let gptOSS = DecoderFamily(
    "gpt_oss", architectures: ["gpt-oss"], naming: .gptOSS, storedNaming: .ggufNormedAfter
  ) { reader throws(InferenceError) in
    var mixture = MixtureDescription(
      experts: try reader.size("num_local_experts", "num_experts"), chosen: try reader.size("num_experts_per_tok"),
      size: try reader.expertSize(), scoring: .softmaxOfChosen)
    mixture.hasBias = true
    mixture.hasRouterBias = true
    let bias = try reader.flag("attention_bias")
    let activation = Activation.clampedSwish(
      slope: try reader.number("swiglu_alpha"), limit: try reader.number("swiglu_limit"))
    let feed = FeedForwardDescription(size: 0, activation: activation, mixture: mixture)
    return try reader.decoder(feedForward: feed, hasBiases: bias) { layer, _ in layer.attention.hasSinks = true }
  }
}

extension WeightNaming {
  static let gptOSS = standard.with(
    transposed: [.expertGateUp, .expertDown], alternates: true,
    [.sinks: "self_attn.sinks", .router: "mlp.router", .expertDown: "mlp.experts.down_proj"])
}
