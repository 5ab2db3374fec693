import RopeMath

/// A model as its file means it: geometry and scaling of each type of layer, each value with its origin.
public struct Reading: Sendable {
  /// The file, preset or options that it came from.
  public var source: String
  public var name: String
  /// The file's `model_type`.
  public var family: String?
  public var layers: Int?
  public var heads: Int?
  public var keyValueHeads: Int?
  /// The file's `max_position_embeddings`, in tokens.
  public var window: Int?
  /// Rank of the compressed key–value cache of multi-head latent attention.
  public var kvLoraRank: Int?
  /// Features of a value, where latent attention gives them a width of their own.
  public var valueHeadDimension: Int?
  /// Layers that scaling applies to first; empty where the file does not tell its dimensions.
  public var layerTypes: [LayerRotary]
  public var values: [ResolvedValue]
  /// What the file would have to tell for more, a sentence each.
  public var missing: [String]
  /// What a reader should know of how the file was understood.
  public var notes: [String]
  /// Whether its type's window holds for a layer, of those that attend and rotate; nil where it holds for all of them.
  public var windowedLayers: [Bool]?
  /// Why nothing rotates; nil where something does. Such a model has no `layerTypes`, and its window is only a limit.
  public var noRotationReason: NoRotation?
  /// Features of a head, where the file tells them; kept for models in which nothing rotates.
  public var headDimension: Int?
  /// Indices of the layers that attend without rotation, ascending.
  public var layersWithoutRotation: [Int] = []
  /// Layer by layer, the tokens that it sees, nil for all; empty where the file does not tell how many layers there
  /// are.
  public var layerWindows: [Int?] = []
  /// The model's class rests on what its keys suggest, not on facts about it.
  public var isUnknownFamily = false
  /// The length that the runtime derives from the file, and what becomes of a longer one; nil where it has no limit.
  public var servedWindow: ServedWindow?
  /// What it was resolved from, for those who read it otherwise; nil where no file stands behind it.
  public var declaration: Declaration?

  public init(
    source: String, name: String, family: String? = nil, layers: Int? = nil, heads: Int? = nil,
    keyValueHeads: Int? = nil, window: Int? = nil, kvLoraRank: Int? = nil, layerTypes: [LayerRotary] = [],
    values: [ResolvedValue] = [], missing: [String] = [], notes: [String] = []
  ) {
    self.source = source
    self.name = name
    self.family = family
    self.layers = layers
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.window = window
    self.kvLoraRank = kvLoraRank
    self.layerTypes = layerTypes
    self.values = values
    self.missing = missing
    self.notes = notes
  }

  /// A model that is known by its geometry only, as from command-line options.
  public init(geometry: RotaryGeometry, name: String) {
    self.init(
      source: "options", name: name, window: nil, layerTypes: [LayerRotary(name: "all", geometry: geometry)])
  }

  /// Tokens that a layer sees; nil for all of the context.
  public func slidingWindow(at layer: Int) -> Int? { layerWindows.indices.contains(layer) ? layerWindows[layer] : nil }

  /// Whether any layer rotates.
  public var rotates: Bool { noRotationReason == nil }

  /// Why nothing rotates, in one sentence that names the key; nil where something does.
  public var noRotation: String? { noRotationReason?.sentence }

  /// What a reader should know, of the file and of each type of layer, a refusal of the runtime among it.
  public var allNotes: [String] {
    var all = notes
    for layer in layerTypes {
      for note in layer.notes + [layer.refusal?.message].compactMap({ $0 }) where !all.contains(note) {
        all.append(note)
      }
    }
    return all
  }
}
