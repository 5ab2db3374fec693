/// One type of layer as a file declares it, before its rotation is computed.
struct DeclaredLayer {
  /// `all` where a model has one type, else the file's name for it.
  var name: String
  /// The scaling dictionary that the runtime reads for it; nil for none.
  var dictionary: ScalingDictionary?
  /// The `rope_type` as the runtime takes it; nil where none stands.
  var type: String?
  var isSliding: Bool
  var window: Int?
  var layerCount: Int?

  /// Whether the type asks for more than plain rotation.
  var isScaled: Bool { !["default", "mrope"].contains(type ?? "default") }
}
