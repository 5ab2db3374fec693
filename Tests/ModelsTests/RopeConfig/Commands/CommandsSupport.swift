import RopeConfig
import RopeJSON

/// A command on a configuration, and what its effective configurations say.
struct CommandCase {
  let commands: [Command]
  let base: Declaration?
  let source: SourceText

  init(_ text: String, name: String = "", hint: String? = nil, on base: String? = nil) throws {
    source = SourceText(bytes: Array(text.utf8), path: name.isEmpty ? nil : name)
    commands = try CommandReader.commands(in: source, name: name, hint: hint)
    self.base = try base.map { try Declaration(SourceText(bytes: Array($0.utf8), path: "config.json")) }
  }

  func effective(_ version: String? = nil) throws -> [EffectiveConfiguration] {
    try commands.flatMap { try $0.effective(on: base, version: version.flatMap(RuntimeVersion.init)) }
  }

  static let qwen3 = """
    {"model_type": "qwen3", "hidden_size": 5120, "num_attention_heads": 40, "num_hidden_layers": 40, "head_dim": 128,
     "max_position_embeddings": 40960, "rope_theta": 1000000, "rope_scaling": null, "vocab_size": 151936}
    """
  static let qwen3Vision = """
    {"model_type": "qwen3_vl", "text_config": {"model_type": "qwen3_vl_text", "hidden_size": 4096, "num_attention_heads": 32,
     "head_dim": 128, "max_position_embeddings": 262144, "rope_theta": 5000000,
     "rope_scaling": {"rope_type": "default", "mrope_section": [24, 20, 20], "mrope_interleaved": true}}}
    """
  static let llama31 = """
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 32,
     "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0,
     "high_freq_factor": 4.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"}}
    """
}

extension EffectiveConfiguration {
  /// A value by keys from the language model's part on.
  func value(_ keys: String...) -> JSONNode? {
    var node: JSONNode? = declaration.text.node
    for key in keys { node = node?.member(key)?.node }
    return node
  }

  func number(_ keys: String...) -> Double? {
    var node: JSONNode? = declaration.text.node
    for key in keys { node = node?.member(key)?.node }
    return node?.finiteNumber
  }

  var kinds: [String] { findings.map(\.kind) }

  /// The text that a value stands in, as written.
  func written(_ node: JSONNode?) -> String? {
    guard let node, let text = declaration.text(of: node) else { return nil }
    return String(decoding: text.bytes[node.bytes], as: UTF8.self)
  }
}
