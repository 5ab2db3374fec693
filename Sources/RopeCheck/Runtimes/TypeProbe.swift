import RopeConfig
import RopeJSON
import RopeMath

/// Whether a runtime implements a type of scaling at all, told by a small file in which nothing else is wrong.
enum TypeProbe {
  static func implements(_ type: String, _ runtime: Runtime, modelType: String) -> Bool {
    let pairs = 64
    let ones = "[" + Array(repeating: "1.0", count: pairs).joined(separator: ", ") + "]"
    let text = """
      {"model_type": "\(modelType)", "head_dim": \(2 * pairs), "hidden_size": 4096, "num_attention_heads": 32, \
      "num_hidden_layers": 2, "max_position_embeddings": 8192, "original_max_position_embeddings": 4096, \
      "rope_theta": 10000, "rope_scaling": {"type": "\(type)", "rope_type": "\(type)", "factor": 2.0, \
      "original_max_position_embeddings": 4096, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
      "short_factor": \(ones), "long_factor": \(ones)}}
      """
    // A name that no JSON text can hold is no runtime's type.
    guard let declaration = try? Declaration(SourceText(bytes: Array(text.utf8))) else { return false }
    return (try? runtime.layers(of: declaration, length: 8192)) != nil
  }
}
