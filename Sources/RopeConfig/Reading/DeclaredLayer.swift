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
  /// The layers of this type that rotate; nil where the file does not tell how many layers there are.
  var indices: [Int]?
  /// What the class fixes about this type; nil where all layers share one rotation.
  var table: Family.Table?
  /// The dictionary is one of this type alone.
  var hasOwnDictionary = false
  /// The dictionary, or a part of it, was written for the whole model.
  var hasSharedDictionary = false
  /// The base where a list gives each layer its own.
  var listedBase: Double?

  /// Whether the type asks for more than plain rotation.
  var isScaled: Bool { !["default", "mrope"].contains(type ?? "default") }
}
