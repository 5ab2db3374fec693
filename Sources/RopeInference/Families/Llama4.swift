import RopeMath

/// Llama 4: rotating layers see runs of tokens, the others all of them with a temperature; experts beside a shared one.
extension DecoderFamily {
  static let llama4 = DecoderFamily("llama4_text", architectures: ["llama4"], naming: .llama4) {
    reader throws(InferenceError) in
    let mixture = MixtureDescription(
      experts: try reader.size("num_local_experts", "num_experts"), chosen: try reader.size("num_experts_per_tok"),
      size: try reader.expertSize(), scoring: .sigmoidOfInput)
    let count = try reader.layers, activation = try reader.activation(), norm = try reader.norm()
    let step = try reader.size("interleave_moe_layer_step"), bias = try reader.flag("attention_bias")
    let sparse = Set(try reader.numbers("moe_layers") ?? Array(stride(from: step - 1, to: count, by: step)))
    let normsHeads = try reader.flag("use_qk_norm"), isTempered = try reader.flag("attn_temperature_tuning")
    let temperature = QueryScale.steps(
      floorScale: try reader.number("floor_scale"), coefficient: try reader.number("attn_scale"), offset: 1)
    let dense = FeedForwardDescription(
      size: try reader.size(reader.model.isStored ? "intermediate_size" : "intermediate_size_mlp"),
      activation: activation)
    return try reader.decoder(feedForward: dense, hasBiases: bias) { layer, index in
      let rotates = layer.attention.rotation != nil
      layer.attention.chunk = layer.attention.window
      layer.attention.window = nil
      if rotates, normsHeads {
        layer.attention.headNorm = .init(
          NormDescription(epsilon: norm.epsilon, hasWeight: false), isAfterRotation: true)
      }
      if !rotates, isTempered { layer.attention.temperature = temperature }
      if sparse.contains(index) {
        layer.feedForward = FeedForwardDescription(size: mixture.size, activation: activation, mixture: mixture)
      }
    }
  }
}

extension WeightNaming {
  static let llama4 = standard.with(
    transposed: [.expertGateUp, .expertDown],
    [
      .gate: "feed_forward.gate_proj", .up: "feed_forward.up_proj", .down: "feed_forward.down_proj",
      .router: "feed_forward.router", .expertGateUp: "feed_forward.experts.gate_up_proj",
      .expertDown: "feed_forward.experts.down_proj", .sharedGate: "feed_forward.shared_expert.gate_proj",
      .sharedUp: "feed_forward.shared_expert.up_proj", .sharedDown: "feed_forward.shared_expert.down_proj",
    ])
}
