extension String {
  /// Whether a key of a configuration holds a configuration of its own.
  var isSubConfiguration: Bool { hasSuffix("_config") && self != "quantization_config" || self == "language_model" }
}
