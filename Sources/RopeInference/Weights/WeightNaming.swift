import RopeTensors

/// How files name a decoder's tensors: a table a naming, `#` standing for the layer. The first candidate that a file
/// holds counts.
struct WeightNaming: Sendable {
  let name: String
  let table: [WeightRole: [String]]
  /// Whether fused projections lie head by head in families whose class has them so.
  let keepsHeadLayout: Bool
  /// Whether norms are stored as differences from 1 in families whose class has them so.
  let keepsNormOffset: Bool

  static let all = [huggingFace, huggingFaceNested, neoX, gguf]

  /// The naming whose embedding the file holds.
  static func of(_ weights: any WeightSource) throws(InferenceError) -> WeightNaming {
    for naming in all where naming.tensor(.embedding, in: weights) != nil { return naming }
    throw .unsupported(
      "the weights hold no token embedding under a name that is known (such as model.embed_tokens.weight)")
  }

  /// The full name of a role's tensor, without `.weight` or `.bias`; nil where the file has none.
  func tensor(_ role: WeightRole, layer: Int = 0, in weights: any WeightSource) -> String? {
    (table[role] ?? []).lazy.map { $0.replacing("#", with: String(layer)) }
      .first { weights.contains($0 + ".weight") }
  }

  static let huggingFace = WeightNaming(
    name: "Hugging Face", table: huggingFaceTable(prefix: ""), keepsHeadLayout: true, keepsNormOffset: true)
  /// The language model inside of a multimodal one.
  static let huggingFaceNested = WeightNaming(
    name: "Hugging Face, nested", table: huggingFaceTable(prefix: "language_model."), keepsHeadLayout: true,
    keepsNormOffset: true)

  private static func huggingFaceTable(prefix: String) -> [WeightRole: [String]] {
    let model = prefix + "model.", layer = prefix + "model.layers.#."
    return [
      .embedding: [model + "embed_tokens"], .outputHead: [prefix + "lm_head"], .finalNorm: [model + "norm"],
      .attentionNorm: [layer + "input_layernorm"], .attentionOutputNorm: [layer + "post_attention_layernorm"],
      .feedForwardNorm: [layer + "post_attention_layernorm"],
      .feedForwardNormBetween: [layer + "pre_feedforward_layernorm"],
      .feedForwardOutputNorm: [layer + "post_feedforward_layernorm"],
      .queryNorm: [layer + "self_attn.q_norm"], .keyNorm: [layer + "self_attn.k_norm"],
      .query: [layer + "self_attn.q_proj"], .key: [layer + "self_attn.k_proj"], .value: [layer + "self_attn.v_proj"],
      .queryKeyValue: [layer + "self_attn.qkv_proj"], .attentionOutput: [layer + "self_attn.o_proj"],
      .gate: [layer + "mlp.gate_proj"], .up: [layer + "mlp.up_proj"], .gateUp: [layer + "mlp.gate_up_proj"],
      .down: [layer + "mlp.down_proj"],
    ]
  }

  static let neoX = WeightNaming(
    name: "Hugging Face, GPT-NeoX",
    table: [
      .embedding: ["gpt_neox.embed_in"], .outputHead: ["embed_out"], .finalNorm: ["gpt_neox.final_layer_norm"],
      .attentionNorm: ["gpt_neox.layers.#.input_layernorm"],
      .feedForwardNorm: ["gpt_neox.layers.#.post_attention_layernorm"],
      .queryKeyValue: ["gpt_neox.layers.#.attention.query_key_value"],
      .attentionOutput: ["gpt_neox.layers.#.attention.dense"],
      .up: ["gpt_neox.layers.#.mlp.dense_h_to_4h"], .down: ["gpt_neox.layers.#.mlp.dense_4h_to_h"],
    ], keepsHeadLayout: true, keepsNormOffset: true)

  /// llama.cpp's converter writes norms whole and fused projections stacked, whatever the class does.
  static let gguf = WeightNaming(
    name: "GGUF",
    table: [
      .embedding: ["token_embd"], .outputHead: ["output"], .finalNorm: ["output_norm"],
      .attentionNorm: ["blk.#.attn_norm"], .attentionOutputNorm: ["blk.#.post_attention_norm"],
      .feedForwardNorm: ["blk.#.ffn_norm"], .feedForwardNormBetween: ["blk.#.ffn_norm"],
      .feedForwardOutputNorm: ["blk.#.post_ffw_norm"],
      .queryNorm: ["blk.#.attn_q_norm"], .keyNorm: ["blk.#.attn_k_norm"],
      .query: ["blk.#.attn_q"], .key: ["blk.#.attn_k"], .value: ["blk.#.attn_v"], .queryKeyValue: ["blk.#.attn_qkv"],
      .attentionOutput: ["blk.#.attn_output"],
      .gate: ["blk.#.ffn_gate"], .up: ["blk.#.ffn_up"], .gateUp: ["blk.#.ffn_up"], .down: ["blk.#.ffn_down"],
    ], keepsHeadLayout: false, keepsNormOffset: false)
}
