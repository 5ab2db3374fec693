/// Keys of a GGUF file's metadata that say what a config.json says under other names, beyond rotation and the sizes of
/// `ConfigurationKey`: below the architecture's name.
public enum StoredKeys {
  static let table: [(name: String, stored: String)] = [
    ("intermediate_size", "feed_forward_length"), ("rms_norm_eps", "attention.layer_norm_rms_epsilon"),
    ("layer_norm_eps", "attention.layer_norm_epsilon"), ("final_logit_softcapping", "final_logit_softcapping"),
    ("attn_logit_softcapping", "attn_logit_softcapping"), ("use_parallel_residual", "use_parallel_residual"),
    ("is_causal", "attention.causal"), ("clip_qkv", "attention.clamp_kqv"), ("q_lora_rank", "attention.q_lora_rank"),
    ("residual_multiplier", "residual_scale"), ("embedding_multiplier", "embedding_scale"),
    ("attention_multiplier", "attention.scale"), ("logits_scaling", "logit_scale"), ("logit_scale", "logit_scale"),
    ("num_experts", "expert_count"), ("num_experts_per_tok", "expert_used_count"),
    ("moe_intermediate_size", "expert_feed_forward_length"), ("n_shared_experts", "expert_shared_count"),
    ("shared_expert_intermediate_size", "expert_shared_feed_forward_length"),
    ("routed_scaling_factor", "expert_weights_scale"), ("norm_topk_prob", "expert_weights_norm"),
    ("scoring_func", "expert_gating_func"), ("n_group", "expert_group_count"),
    ("topk_group", "expert_group_used_count"), ("first_k_dense_replace", "leading_dense_block_count"),
    ("num_kv_shared_layers", "attention.shared_kv_layers"),
    ("hidden_size_per_layer_input", "embedding_length_per_layer_input"),
    ("interleave_moe_layer_step", "interleave_moe_layer_step"),
  ]

  /// Keys that stand beside the architecture's, as one number or one a layer, which config.json has as tensors: xIELU's.
  public static let ofLayers: [(name: String, stored: String)] = [
    ("xielu_alpha_p", "xielu.alpha_p"), ("xielu_alpha_n", "xielu.alpha_n"), ("xielu_beta", "xielu.beta"),
    ("xielu_eps", "xielu.eps"),
  ]

  /// A key that config.json has not: widths of feed-forward layers, layer by layer.
  public static let widths = "intermediate_size_by_layer"

  /// What a key of config.json is called in a GGUF file; the same where it has no other name.
  public static func name(of key: String) -> String { table.first { $0.name == key }?.stored ?? key }
}
