/// A decoder as data: its sizes, its block, and which of its layers see a window only.
public struct Architecture: Sendable, Hashable, Codable {
  public var family: String
  public var vocabularySize: Int
  public var hiddenSize: Int
  public var intermediateSize: Int
  public var heads: Int
  public var keyValueHeads: Int
  public var headDimension: Int
  public var block: BlockDescription
  /// Layer by layer, whether it is one of the sliding-window layers with a rotary embedding of their own.
  public var slidingLayers: [Bool]
  /// Layer by layer, how many of the last keys a query sees, its own included; nil for all.
  public var windows: [Int?]
  /// Multiplies the rows of the embedding (Gemma: `√hiddenSize`).
  public var embeddingScale: Double
  /// The output head is the embedding.
  public var tiesEmbeddings: Bool
  /// The file must hold an output head of its own: the configuration says outright that it is not the embedding.
  public var needsOutputHead: Bool
  /// Logits become `cap · tanh(logit / cap)`.
  public var finalSoftCap: Double?

  public init(
    family: String, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, heads: Int, keyValueHeads: Int,
    headDimension: Int, block: BlockDescription, slidingLayers: [Bool], windows: [Int?],
    embeddingScale: Double = 1, tiesEmbeddings: Bool = false, needsOutputHead: Bool = false,
    finalSoftCap: Double? = nil
  ) {
    self.family = family
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.block = block
    self.slidingLayers = slidingLayers
    self.windows = windows
    self.embeddingScale = embeddingScale
    self.tiesEmbeddings = tiesEmbeddings
    self.needsOutputHead = needsOutputHead
    self.finalSoftCap = finalSoftCap
  }

  public var layers: Int { slidingLayers.count }
  /// Features of all query heads.
  public var queryFeatures: Int { heads * headDimension }
  /// Features of all key heads.
  public var keyFeatures: Int { keyValueHeads * headDimension }

  /// Multiplications and additions of one token, without attention over other tokens and without the output head.
  public var operationsPerToken: Int {
    let gates = block.feedForward == .plain ? 2 : 3
    return 2 * layers * hiddenSize * (2 * queryFeatures + 2 * keyFeatures + gates * intermediateSize)
  }
}
