/// What a file says of the scaling of one type of layer, before it is understood.
struct LayerScaling {
  var name: String
  /// The dictionary: `rope_scaling`, `rope_parameters` or a layer type's part of it.
  var dictionary: DeclaredValue?
  /// The `rope_type` as written; `default` where none stands.
  var type: String
  var typePlace: DeclaredValue?
  /// `original_max_position_embeddings`, at the top level first, where the type reads it.
  var original: DeclaredValue?
  var isSliding: Bool
  var window: Int?
  var layerCount: Int?
}
