import RopeConfig
import RopeMath
import RopeText

/// A model's rotary geometry as scripts read it: `geometry` in `ropescope.inspect/1`.
public struct GeometryRecord: Sendable, Codable {
  public var headDimension: Int
  public var rotaryDimension: Int
  /// Nil where nothing rotates.
  @Nullable public var base: Double?
  public var pairing: PairLayout
  public var trainedLength: Int
  @Nullable public var window: Int?
  @Nullable public var layers: Int?
  @Nullable public var heads: Int?
  @Nullable public var keyValueHeads: Int?
  /// Whether any layer rotates.
  public var rotates = true
  /// Indices of the layers that attend without rotation.
  public var layersWithoutRotation: [Int] = []
  /// Where layer types differ: each type's own geometry.
  @Nullable public var byLayerType: [String: GeometryRecord]?

  public init(
    _ geometry: RotaryGeometry, window: Int? = nil, layers: Int? = nil, heads: Int? = nil, keyValueHeads: Int? = nil,
    byLayerType: [String: GeometryRecord]? = nil
  ) {
    headDimension = geometry.headDimension
    rotaryDimension = geometry.rotaryDimension
    base = geometry.base
    pairing = geometry.pairing
    trainedLength = geometry.trainedLength
    self.window = window
    self.layers = layers
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.byLayerType = byLayerType
  }

  /// Nil where the model's file does not tell its geometry.
  public init?(_ model: Reading) {
    guard model.rotates else {
      self.init(unrotated: model)
      return
    }
    guard let main = model.layerTypes.first else { return nil }
    var types: [String: GeometryRecord]?
    if model.layerTypes.count > 1 {
      types = [:]
      for type in model.layerTypes {
        types?[type.name] = GeometryRecord(
          type.geometry, window: type.window ?? model.window, layers: type.layerCount, heads: model.heads,
          keyValueHeads: model.keyValueHeads)
      }
    }
    self.init(
      main.geometry, window: model.window, layers: model.layers, heads: model.heads,
      keyValueHeads: model.keyValueHeads, byLayerType: types)
    layersWithoutRotation = model.layersWithoutRotation
  }

  /// A model without rotary embedding: sizes only.
  private init(unrotated model: Reading) {
    headDimension = model.headDimension ?? 0
    rotaryDimension = 0
    base = nil
    pairing = .half
    trainedLength = model.window ?? 0
    window = model.window
    layers = model.layers
    heads = model.heads
    keyValueHeads = model.keyValueHeads
    rotates = false
    layersWithoutRotation = Array(0..<(model.layers ?? 0))
  }

  enum CodingKeys: String, CodingKey {
    case base, pairing, window, layers, heads, rotates
    case headDimension = "head_dim"
    case rotaryDimension = "rotary_dim"
    case trainedLength = "trained_length"
    case keyValueHeads = "kv_heads"
    case byLayerType = "by_layer_type"
    case layersWithoutRotation = "layers_without_rotation"
  }

  /// Records from before layers without rotation were told apart have neither key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    headDimension = try container.decode(Int.self, forKey: .headDimension)
    rotaryDimension = try container.decode(Int.self, forKey: .rotaryDimension)
    base = try container.decodeIfPresent(Double.self, forKey: .base)
    pairing = try container.decode(PairLayout.self, forKey: .pairing)
    trainedLength = try container.decode(Int.self, forKey: .trainedLength)
    window = try container.decodeIfPresent(Int.self, forKey: .window)
    layers = try container.decodeIfPresent(Int.self, forKey: .layers)
    heads = try container.decodeIfPresent(Int.self, forKey: .heads)
    keyValueHeads = try container.decodeIfPresent(Int.self, forKey: .keyValueHeads)
    byLayerType = try container.decodeIfPresent([String: GeometryRecord].self, forKey: .byLayerType)
    rotates = try container.decodeIfPresent(Bool.self, forKey: .rotates) ?? true
    layersWithoutRotation = try container.decodeIfPresent([Int].self, forKey: .layersWithoutRotation) ?? []
  }
}

extension GeometryRecord {
  /// - Throws: `GeometryError` where a value is out of range.
  public func geometry() throws(GeometryError) -> RotaryGeometry {
    try RotaryGeometry(
      headDimension: headDimension, rotaryDimension: rotaryDimension, base: base ?? 0, pairing: pairing,
      trainedLength: trainedLength)
  }
}
