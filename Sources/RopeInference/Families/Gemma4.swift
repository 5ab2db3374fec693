/// Gemma 4: two sizes of heads, normed values, a row of its own for each token and layer, and late layers that read the
/// keys of earlier ones. The mixture is not described here.
extension DecoderFamily {
  static let gemma4 = DecoderFamily("gemma4_text", architectures: ["gemma4"], naming: .gemma4) {
    reader throws(InferenceError) in
    let isStored = reader.model.isStored,
      experts = try isStored ? reader.optionalSize(["num_experts"], from: 0) ?? 0 : 0
    guard try !reader.flag("enable_moe_block"), experts == 0 else {
      throw .unsupported(
        "“\(reader.model.name)” is a Gemma 4 with a mixture of experts, which the forward pass does not have")
    }
    let norm = try reader.norm(), count = try reader.layers
    let bias = try reader.flag("attention_bias")
    let shared = try reader.optionalSize(["num_kv_shared_layers"], from: 0) ?? 0
    let input = try reader.optionalSize(["hidden_size_per_layer_input"], from: 0) ?? 0
    let keysAreValues = try reader.flag("attention_k_eq_v"), isWide = try reader.flag("use_double_wide_mlp")
    let globalHeads = keysAreValues || isStored ? try reader.optionalSize(["num_global_key_value_heads"]) : nil
    let feed = FeedForwardDescription(
      size: try reader.size("intermediate_size"), activation: try reader.activation("hidden_activation"))
    var decoder = try reader.decoder(norm: norm, feedForward: feed) { layer, index in
      let isFull = layer.attention.window == nil
      layer.attentionOutputNorm = norm
      layer.feedForwardOutputNorm = norm
      layer.attention.scale = 1
      layer.attention.headNorm = .init(norm)
      layer.attention.valueNorm = norm
      layer.attention.hasBias = bias
      layer.attention.hasOutputBias = bias
      layer.attention.keysAreValues = isFull && keysAreValues
      if isStored { layer.attention.keysAreValues = index < count - shared && !reader.stores(.value, layer: index) }
      if isFull, let globalHeads { layer.attention.keyValueHeads = globalHeads }
      if index >= count - shared, isWide { layer.feedForward.size *= 2 }
      layer.tokenInput = input > 0 ? input : nil
      layer.hasScale = !isStored || reader.stores(.scale, layer: index)
    }
    for index in max(0, count - shared)..<count {
      let type = decoder.layers[index].attention.rotation
      decoder.layers[index].attention.keysFrom = decoder.layers[..<(count - shared)]
        .lastIndex { $0.attention.rotation == type }
    }
    decoder.scaleEmbeddings()
    decoder.finalSoftCap = try reader.softCap("final_logit_softcapping")
    return decoder
  }
}

extension WeightNaming {
  static let gemma4 = normsAround.with([
    .tokenInputs: "embed_tokens_per_layer", .tokenInputProjection: "per_layer_model_projection",
    .tokenInputNorm: "per_layer_projection_norm", .tokenInputGate: "per_layer_input_gate",
    .tokenInputOutput: "per_layer_projection", .tokenInputOutputNorm: "post_per_layer_input_norm",
    .scale: "layer_scalar",
  ])
}
