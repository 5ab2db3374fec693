import RopeJSON

extension Declaration {
  /// Whether the metadata of a GGUF file are what is declared.
  var isGGUF: Bool { source.bytes.isEmpty && source.path?.lowercased().hasSuffix(".gguf") == true }
}

extension Family {
  /// The prefix of a model's keys in a GGUF file.
  static func ggufPrefix(ofType modelType: String) -> String {
    named(modelType).ggufArchitecture ?? (modelType.isEmpty ? "llama" : modelType)
  }
}
