/// Gemma 4: two sizes of heads, normed values, a row of its own for each token and layer, and late layers that read the
/// keys of earlier ones; in some, experts beside the dense feed-forward part.
extension DecoderFamily {
  static let gemma4 = DecoderFamily(
    "gemma4_text", architectures: ["gemma4"], naming: .gemma4, storedNaming: .ggufGemma4
  ) {
    reader throws(InferenceError) in
    let isStored = reader.model.isStored
    let norm = try reader.norm(), count = try reader.layers
    let bias = try reader.flag("attention_bias")
    let shared = try reader.optionalSize(["num_kv_shared_layers"], from: 0) ?? 0
    let input = try reader.optionalSize(["hidden_size_per_layer_input"], from: 0) ?? 0
    let keysAreValues = try reader.flag("attention_k_eq_v"), isWide = try reader.flag("use_double_wide_mlp")
    // Layers that have values of their own need none for all of a kind.
    let isTold = reader.model.value(["per_layer_config"]) != nil
    let globalHeads =
      !isTold && (keysAreValues || isStored) ? try reader.optionalSize(["num_global_key_value_heads"]) : nil
    var feed = FeedForwardDescription(
      size: try reader.size("intermediate_size"),
      activation: try reader.activation("hidden_activation", default: isStored ? .geluTanh : .silu))
    feed.mixture = try reader.besideMixture()
    var decoder = try reader.decoder(norm: norm, feedForward: feed, hasBiases: bias) { layer, index in
      let isFull = layer.attention.window == nil
      layer.attentionOutputNorm = norm
      layer.feedForwardOutputNorm = norm
      layer.attention.scale = 1
      layer.attention.headNorm = .init(norm)
      layer.attention.valueNorm = norm
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

extension FamilyReader {
  /// Experts beside the dense part; nil where there are none.
  fileprivate func besideMixture() throws(InferenceError) -> MixtureDescription? {
    let experts = try optionalSize(["num_experts"], from: 0) ?? 0
    guard try model.isStored ? experts > 0 : flag("enable_moe_block") else { return nil }
    var mixture = MixtureDescription(
      experts: experts, chosen: try size("top_k_experts", "num_experts_per_tok"),
      size: try expertSize("moe_intermediate_size"))
    mixture.normalises = true
    mixture.isBeside = true
    return mixture
  }
}

extension WeightNaming {
  /// The dense part has the names of a model without experts.
  static let ggufGemma4 = gguf.with([
    .sharedGate: "ffn_gate", .sharedUp: "ffn_up", .sharedDown: "ffn_down", .routerScale: "ffn_gate_inp",
    .expertScale: "ffn_down_exps", .denseOutputNorm: "post_ffw_norm_1", .expertNorm: "pre_ffw_norm_2",
    .expertOutputNorm: "post_ffw_norm_2",
  ])

  static let gemma4 = normsAround.with([
    .tokenInputs: "embed_tokens_per_layer", .tokenInputProjection: "per_layer_model_projection",
    .tokenInputNorm: "per_layer_projection_norm", .tokenInputGate: "per_layer_input_gate",
    .tokenInputOutput: "per_layer_projection", .tokenInputOutputNorm: "post_per_layer_input_norm",
    .scale: "layer_scalar", .sharedGate: "mlp.gate_proj", .sharedUp: "mlp.up_proj", .sharedDown: "mlp.down_proj",
    .router: "router.proj", .routerScale: "router.scale", .expertScale: "router.per_expert_scale",
    .expertGateUp: "experts.gate_up_proj", .expertDown: "experts.down_proj",
    .denseOutputNorm: "post_feedforward_layernorm_1", .expertNorm: "pre_feedforward_layernorm_2",
    .expertOutputNorm: "post_feedforward_layernorm_2",
  ])
}
