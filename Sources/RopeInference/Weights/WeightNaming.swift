import RopeTensors

/// How a family's files name their tensors: `#` stands for the layer, `@` for the expert.
struct WeightNaming: Sendable {
  /// What names of the model begin with; `lm_head` stands beside it.
  var root = "model."
  /// What names of a layer begin with, below the root.
  var layer = "layers.#."
  var names: [WeightRole: String]
  /// Other names that are looked for where a file has none of the first.
  var others: [WeightRole: [String]] = [:]
  /// Matrices that are stored `[inputs, outputs]`.
  var transposed: Set<WeightRole> = []
  /// Gate and up of an expert lie row by row in turns (gpt-oss).
  var alternatesGateAndUp = false
  /// Whether the numbers are as llama.cpp's converter writes them: norms whole, fused projections stacked, biases where
  /// there are any.
  var isStored = false

  /// The same with some names changed.
  func with(
    root: String? = nil, layer: String? = nil, transposed: Set<WeightRole> = [], alternates: Bool = false,
    _ changes: [WeightRole: String] = [:], others: [WeightRole: [String]] = [:]
  ) -> WeightNaming {
    var result = self
    result.root = root ?? self.root
    result.layer = layer ?? self.layer
    result.names.merge(changes) { $1 }
    result.others = others
    result.transposed = transposed
    result.alternatesGateAndUp = alternates
    return result
  }

  /// Where a file may have a role's tensor, the likeliest first: without ending.
  func candidates(_ role: WeightRole, layer index: Int, expert: Int?) -> [String] {
    ([names[role]].compactMap { $0 } + (others[role] ?? [])).flatMap { name -> [String] in
      let own = (role.isOfModel ? "" : layer) + name
      let full = own.replacing("#", with: String(index)).replacing("@", with: String(expert ?? 0))
      guard !isStored else { return [full] }
      if role == .outputHead { return ["", "language_model.", "model.language_model.", "model."].map { $0 + full } }
      // The language model inside of a multimodal one; a model that was saved without its head.
      return [root, "language_model." + root, "model.language_model.", "language_model.", ""].map { $0 + full }
    }
  }

  /// Most classes of transformers.
  static let standard = WeightNaming(names: [
    .embedding: "embed_tokens", .outputHead: "lm_head", .finalNorm: "norm", .attentionNorm: "input_layernorm",
    .feedForwardNorm: "post_attention_layernorm", .queryNorm: "self_attn.q_norm", .keyNorm: "self_attn.k_norm",
    .query: "self_attn.q_proj", .key: "self_attn.k_proj", .value: "self_attn.v_proj",
    .queryKeyValue: "self_attn.qkv_proj", .attentionOutput: "self_attn.o_proj", .gate: "mlp.gate_proj",
    .up: "mlp.up_proj", .gateUp: "mlp.gate_up_proj", .down: "mlp.down_proj", .router: "mlp.gate",
    .routerCorrection: "mlp.gate.e_score_correction_bias", .expertGate: "mlp.experts.@.gate_proj",
    .expertUp: "mlp.experts.@.up_proj", .expertDown: "mlp.experts.@.down_proj",
    .expertGateUp: "mlp.experts.gate_up_proj", .sharedGate: "mlp.shared_experts.gate_proj",
    .sharedUp: "mlp.shared_experts.up_proj", .sharedDown: "mlp.shared_experts.down_proj",
    .queryDown: "self_attn.q_a_proj", .queryDownNorm: "self_attn.q_a_layernorm", .queryUp: "self_attn.q_b_proj",
    .keyValueDown: "self_attn.kv_a_proj_with_mqa", .keyValueDownNorm: "self_attn.kv_a_layernorm",
    .keyValueUp: "self_attn.kv_b_proj",
  ])

  /// Classes whose norms stand around each part: before and after attention, before and after the feed-forward layer.
  static let normsAround = standard.with([
    .attentionOutputNorm: "post_attention_layernorm", .feedForwardNorm: "pre_feedforward_layernorm",
    .feedForwardOutputNorm: "post_feedforward_layernorm",
  ])

  /// Classes that norm outputs only.
  static let normsAfter = standard.with([
    .attentionOutputNorm: "post_attention_layernorm", .feedForwardOutputNorm: "post_feedforward_layernorm",
  ])

  /// llama.cpp.
  static let gguf = WeightNaming(
    root: "", layer: "blk.#.",
    names: [
      .embedding: "token_embd", .positions: "position_embd", .outputHead: "output", .finalNorm: "output_norm",
      .attentionNorm: "attn_norm", .attentionOutputNorm: "post_attention_norm", .feedForwardNorm: "ffn_norm",
      .feedForwardOutputNorm: "post_ffw_norm", .queryNorm: "attn_q_norm", .keyNorm: "attn_k_norm", .query: "attn_q",
      .key: "attn_k", .value: "attn_v", .queryKeyValue: "attn_qkv", .attentionOutput: "attn_output",
      .gate: "ffn_gate", .up: "ffn_up", .gateUp: "ffn_up", .down: "ffn_down", .router: "ffn_gate_inp",
      .expertGate: "ffn_gate_exps", .expertUp: "ffn_up_exps", .expertDown: "ffn_down_exps",
      .sharedGate: "ffn_gate_shexp", .sharedUp: "ffn_up_shexp", .sharedDown: "ffn_down_shexp",
      .sharedRouter: "ffn_gate_inp_shexp", .expertGateUp: "ffn_gate_up_exps", .routerCorrection: "exp_probs_b.bias",
      .sinks: "attn_sinks", .queryDown: "attn_q_a", .queryDownNorm: "attn_q_a_norm", .queryUp: "attn_q_b",
      .keyValueDown: "attn_kv_a_mqa", .keyValueDownNorm: "attn_kv_a_norm", .keyValueUp: "attn_kv_b",
      .keyUp: "attn_k_b", .valueUp: "attn_v_b", .tokenInputs: "per_layer_token_embd",
      .tokenInputProjection: "per_layer_model_proj", .tokenInputNorm: "per_layer_proj_norm",
      .tokenInputGate: "inp_gate", .tokenInputOutput: "proj", .tokenInputOutputNorm: "post_norm",
      .scale: "layer_output_scale",
    ],
    // Files from before experts were stacked.
    others: [.expertGate: ["ffn_gate.@"], .expertUp: ["ffn_up.@"], .expertDown: ["ffn_down.@"]], isStored: true)

  /// Architectures whose norm before the feed-forward layer is called one after attention.
  static let ggufNormedAfter = gguf.with([.feedForwardNorm: "post_attention_norm"])
}
