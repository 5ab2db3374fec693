import RopeJSON
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
  /// The layers of the model that rotate so, ascending; empty where the file does not tell how many there are.
  public var layerIndices: [Int] = []
  /// How the runtime rounds on the way from frequencies to cos and sin.
  public var arithmetic: RotaryArithmetic = .torch
  /// Frequencies that no parameters of a method express, radians per token; nil where the method says them.
  public var frequencies: [Double]?
  /// Position maps that stand beside the scaling; nil for the method's own.
  public var bands: [PositionBand]?
  /// What a reader should know of how the runtime takes this scaling.
  public var notes: [String] = []
  /// Why the runtime stops at the file, although its geometry can be told.
  public var refusal: ConfigurationError?

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
