/// What the makers of a published model fixed: the lengths that it was trained to, the base, the scaling it ships with.
///
/// Three lengths that must not be mixed up:
/// - `nativeLength` is for the file as shipped: up to it nothing has to be scaled, raised or trained, and a target is
///   long or short against it.
/// - `pretrainedLength` is where training stood before the shipped scaling, or before the last raise of the base: what
///   `original_max_position_embeddings` states where the file has one, and what a factor that *replaces* the shipped
///   scaling counts from.
/// - `trainedLength` is the one of the two that plain rotation with the published base was trained to; a reading's
///   `geometry.trainedLength` is this where the file names no length of its own.
public struct PublishedModel: Sendable {
  public let name: String
  /// Longest length, in tokens, that the weights were trained at with the scaling that the published file ships.
  public let nativeLength: Int
  /// Length before the shipped scaling or the first stage of extension, in tokens.
  public let pretrainedLength: Int
  /// Length that the makers state for the file as shipped, where it is beyond what they trained; else `nativeLength`.
  public let statedLength: Int
  /// The windows that its files carry, the usual one first.
  public let windows: [Int]
  /// Its `rope_theta`, that of full attention where layers differ.
  public let base: Double
  public let headDimension: Int?
  public let rotaryShare: Double
  public let scaling: PublishedScaling?
  /// Stages of training, the first one first; empty where none are published.
  public let stages: [TrainingStage]
  /// How the makers say that it is extended; nil where they publish nothing.
  public let recipe: ExtensionRecipe?
  /// Where the lengths were published. What was not looked up again says so: “unverified”.
  public let source: String
  /// Repositories that the names do not tell.
  let hubIDs: [String]
  let patterns: [NamePattern]
  /// `model_type` of its files, where no signature tells it.
  private let ownType: String?
  let signatures: [ModelSignature]

  // Tables of hundreds of rows compile much faster where it is not written out in each.
  @inline(never)
  init(
    _ name: String, names: String..., ids: [String] = [], native: Int, pretrained: Int? = nil, stated: Int? = nil,
    windows: [Int], base: Double, head: Int? = nil, share: Double = 1, scaling: PublishedScaling? = nil,
    stages: [TrainingStage] = [], recipe: ExtensionRecipe? = nil, type: String? = nil, source: String,
    _ signatures: ModelSignature...
  ) {
    self.name = name
    nativeLength = native
    pretrainedLength = pretrained ?? native
    statedLength = stated ?? native
    self.windows = windows
    self.base = base
    headDimension = head
    rotaryShare = share
    self.scaling = scaling
    self.stages = stages
    self.recipe = recipe
    self.source = source
    ownType = type
    hubIDs = ids
    patterns = names.map(NamePattern.init)
    self.signatures = signatures
  }

  /// `model_type` of its files; nil where that is not known.
  public var modelType: String? { ownType ?? signatures.first?.modelTypes.first }

  /// Whether one of its files states a base: `base`, or another that it is recognised by.
  public func isTrained(with base: Double) -> Bool {
    abs(base / self.base - 1) < 0.01 || signatures.contains { $0.bases.contains(base) }
  }

  /// The length that plain rotation with the published base was trained to, in tokens.
  public var trainedLength: Int { scaling == nil ? nativeLength : pretrainedLength }

  /// Whether a window is one of its files' and more than the trained length by no more than room for the answer: Qwen3
  /// has 40,960 over 32,768.
  public func leavesRoom(in window: Int) -> Bool {
    windows.contains(window) && Double(window) <= 1.25 * Double(nativeLength)
  }
}
