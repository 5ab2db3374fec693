import RopeMath

/// How an architecture of GGUF files is called in config.json, and how its rows are stored.
struct GGUFArchitecture: Sendable {
  /// `general.architecture`.
  let name: String
  /// Whether rotation pairs neighbours (ggml's NORM) or halves (NEOX and its multimodal kin), which the file's rows are
  /// stored for; nil where llama.cpp rotates nothing.
  let pairs: PairLayout?
  /// Values of `model_type` that are converted to it, the closest first.
  let types: [String]

  /// `model_type` of the corresponding class; OLMo 3 is an OLMo 2 with windows.
  func modelType(isWindowed: Bool) -> String {
    (isWindowed && name == "olmo2" ? types.last : types.first) ?? name
  }

  /// Architectures that are not in the table pair halves and keep their name.
  static func named(_ name: String) -> GGUFArchitecture {
    table.first { $0.name == name } ?? GGUFArchitecture(name: name, pairs: .half, types: [])
  }

  static func isKnown(_ name: String) -> Bool { table.contains { $0.name == name } }
}
