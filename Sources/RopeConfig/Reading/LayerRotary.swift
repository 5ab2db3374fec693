import RopeMath

/// The rotary embedding of one type of layer.
public struct LayerRotary: Sendable {
  /// `all` where a model has one type, else the file's name for it: `full_attention`, `sliding_attention`.
  public var name: String
  public var geometry: RotaryGeometry
  /// What the file asks for beyond plain rotation, every parameter spelled out; nil for plain rotation.
  public var scaling: MethodSpecification?
  /// Tokens that these layers see; nil for all of the context.
  public var window: Int?
  public var isSliding: Bool
  public var layerCount: Int?

  public init(
    name: String, geometry: RotaryGeometry, scaling: MethodSpecification? = nil, window: Int? = nil,
    isSliding: Bool = false, layerCount: Int? = nil
  ) {
    self.name = name
    self.geometry = geometry
    self.scaling = scaling
    self.window = window
    self.isSliding = isSliding
    self.layerCount = layerCount
  }
}
