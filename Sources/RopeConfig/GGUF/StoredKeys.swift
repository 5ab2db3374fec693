/// Keys of a GGUF file's metadata that say what a config.json says under other names, beyond rotation and the sizes of
/// `ConfigurationKey`: below the architecture's name.
public enum StoredKeys {
  static let table: [(name: String, stored: String)] = [
    ("intermediate_size", "feed_forward_length"), ("rms_norm_eps", "attention.layer_norm_rms_epsilon"),
    ("layer_norm_eps", "attention.layer_norm_epsilon"), ("final_logit_softcapping", "final_logit_softcapping"),
    ("attn_logit_softcapping", "attn_logit_softcapping"), ("use_parallel_residual", "use_parallel_residual"),
  ]

  /// What a key of config.json is called in a GGUF file; the same where it has no other name.
  public static func name(of key: String) -> String { table.first { $0.name == key }?.stored ?? key }
}
