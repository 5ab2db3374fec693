/// Configurations out of bytes: keys that readers and rules look at, with values of every kind beside likely ones.
struct DeclarationGenerator {
  private var bytes: ArraySlice<UInt8>
  private(set) var text = ""

  private static let types = [
    "llama", "qwen2", "qwen3", "deepseek_v3", "gemma3_text", "gpt_oss", "phi3", "mistral", "glm4", "falcon", "bert",
    "llama4",
    "qwen2_vl", "minicpm3", "gpt_neox", "cohere2", "olmo2", "x",
  ]
  private static let keys = [
    "hidden_size", "num_attention_heads", "num_key_value_heads", "num_hidden_layers", "head_dim",
    "max_position_embeddings",
    "rope_theta", "rope_scaling", "rope_parameters", "partial_rotary_factor", "rotary_dim", "rotary_pct",
    "sliding_window",
    "sliding_window_pattern", "layer_types", "no_rope_layers", "original_max_position_embeddings",
    "rope_local_base_freq",
    "global_head_dim", "qk_rope_head_dim", "qk_nope_head_dim", "kv_lora_rank", "v_head_dim", "text_config",
    "rope_interleave",
    "use_sliding_window", "max_window_layers", "attention_bias", "vocab_size", "transformers_version", "architectures",
    "torch_dtype", "seq_length", "n_positions", "n_embd", "n_head", "rope_ratio", "tie_word_embeddings", "auto_map",
    "quantization_config", "rope_type", "position_embedding_type", "alibi", "nope_layer_interval",
    "attn_temperature_tuning",
  ]
  private static let scalingKeys = [
    "type", "rope_type", "factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "attention_factor",
    "mscale",
    "mscale_all_dim", "short_factor", "long_factor", "low_freq_factor", "high_freq_factor", "truncate", "mrope_section",
    "alpha", "finetuned", "rope_theta", "partial_rotary_factor", "full_attention", "sliding_attention", "zz",
    "bet_fast", "attn_factor",
  ]
  private static let scalingTypes = [
    "linear", "dynamic", "yarn", "llama3", "longrope", "su", "default", "mrope", "proportional", "deepseek_yarn", "ntk",
    "x\u{1B}",
  ]
  private static let numbers = [
    "0", "1", "2", "-1", "4", "8", "0.5", "32", "64", "127", "128", "4096", "8192", "32768", "131072", "1048576",
    "10000.0",
    "500000", "1e6", "1e300", "1e-300", "NaN", "Infinity", "-Infinity", "9223372036854775807", "1e19", "-0.0", "3.7",
    "65536",
  ]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
    text = "{\"model_type\": \"\(pick(Self.types))\""
    while !self.bytes.isEmpty, text.utf8.count < 20_000 {
      let key = pick(Self.keys)
      text += ", \"\(key)\": \(value(depth: 0, isScaling: key.hasPrefix("rope_scal") || key.hasPrefix("rope_par")))"
    }
    text += "}"
  }

  private mutating func byte() -> Int { Int(bytes.popFirst() ?? 0) }

  private mutating func pick(_ list: [String]) -> String { list[byte() % list.count] }

  private mutating func value(depth: Int, isScaling: Bool) -> String {
    if isScaling, depth < 3, byte() % 8 != 0 {
      var members = ["\"\(byte() % 4 == 0 ? "type" : "rope_type")\": \"\(pick(Self.scalingTypes))\""]
      for _ in 0..<(byte() % 7) {
        let key = pick(Self.scalingKeys)
        members.append("\"\(key)\": \(value(depth: depth + 1, isScaling: key.hasSuffix("_attention")))")
      }
      return "{" + members.joined(separator: ", ") + "}"
    }
    switch byte() % 16 {
    case 0: return "null"
    case 1: return "true"
    case 2: return "\"\(pick(Self.types))\""
    case 3 where depth < 3:
      return "[" + (0..<(byte() % 6)).map { _ in value(depth: depth + 1, isScaling: false) }.joined(separator: ", ")
        + "]"
    case 4 where depth < 3: return "{\"\(pick(Self.keys))\": \(value(depth: depth + 1, isScaling: false))}"
    case 5:
      return "["
        + (0..<(byte() % 40)).map { _ in "\"\(byte() % 2 == 0 ? "full_attention" : "sliding_attention")\"" }.joined(
          separator: ", ") + "]"
    case 6: return "[" + (0..<(byte() % 66)).map { _ in pick(Self.numbers) }.joined(separator: ", ") + "]"
    case 7: return "\"\\u001b\\u202e\\r\\n::error::\""
    default: return pick(Self.numbers)
    }
  }
}
