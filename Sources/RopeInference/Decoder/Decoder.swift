/// A decoder as data: its sizes, its layers one by one, and its output head.
public struct Decoder: Sendable, Hashable, Codable {
  public var family: String
  public var vocabularySize: Int
  public var hiddenSize: Int
  public var layers: [LayerDescription]
  public var finalNorm: NormDescription
  /// Multiplies the rows of the embedding (Gemma: `√hiddenSize`).
  public var embeddingScale = 1.0
  /// The output head may be the embedding; a head that the file holds counts all the same.
  public var tiesEmbeddings = false
  public var hasHeadBias = false
  /// Multiplies logits.
  public var headScale = 1.0
  /// Logits become `cap · tanh(logit / cap)`.
  public var finalSoftCap: Double?
  /// Tokens for which a learned row is added to the embedding; nil where positions are told otherwise.
  public var learnedPositions: Int?

  public init(
    family: String, vocabularySize: Int, hiddenSize: Int, layers: [LayerDescription], finalNorm: NormDescription
  ) {
    self.family = family
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.layers = layers
    self.finalNorm = finalNorm
  }

  /// Features of the rows of its own that a token has for each layer; nil for none.
  var tokenInput: Int? { layers.lazy.compactMap(\.tokenInput).first }

  /// Multiplications and additions of one token, without attention over other tokens and without the output head.
  public var operationsPerToken: Int { 2 * layers.reduce(0) { $0 + $1.activeParameters(hidden: hiddenSize) } }

  /// Numbers of all weights.
  var parameters: Int {
    layers.reduce(vocabularySize * hiddenSize) { $0 + $1.parameters(hidden: hiddenSize) }
  }

  /// Numbers that are kept of each token for later ones.
  var cachedFeatures: Int {
    layers.reduce(0) { $0 + ($1.attention.keysFrom == nil ? 2 * $1.attention.keyFeatures : 0) }
  }

  /// - Throws: `InferenceError.unsupported` for sizes below 1, beyond any model, or that contradict each other.
  func check() throws(InferenceError) {
    var sizes = [("vocabulary", vocabularySize), ("hidden size", hiddenSize), ("number of layers", layers.count)]
    for layer in layers.prefix(4096) {
      let attention = layer.attention
      sizes += [
        ("number of query heads", attention.heads), ("number of key heads", attention.keyValueHeads),
        ("head size", attention.headDimension),
      ]
      if let mixture = layer.feedForward.mixture {
        sizes += [
          ("number of experts", mixture.experts), ("number of a token's experts", mixture.chosen),
          ("size of an expert", mixture.size),
        ]
        let groups = mixture.groups ?? .init(count: 1, chosen: 1, score: .largest)
        guard mixture.chosen <= mixture.experts, groups.count >= 1, mixture.experts.isMultiple(of: groups.count),
          (1...groups.count).contains(groups.chosen), mixture.experts / groups.count * groups.chosen >= mixture.chosen
        else {
          throw .unsupported(
            "\(mixture.chosen) of \(mixture.experts) experts in \(groups.count) groups cannot be chosen for a token")
        }
      } else {
        sizes.append(("feed-forward size", layer.feedForward.size))
      }
    }
    for (name, size) in sizes where size < 1 {
      throw .unsupported("the model's \(name) is \(size), expected 1 or more")
    }
    let largest = max(
      sizes.map(\.1).max() ?? 0, layers.map { max($0.attention.queryFeatures, $0.feedForward.size) }.max() ?? 0)
    guard largest <= 1 << 24, layers.count <= 4096 else {
      throw .unsupported(
        "the sizes that the configuration gives (\(largest), \(layers.count) layers) are beyond any model")
    }
    for (index, layer) in layers.enumerated() {
      let (heads, keys) = (layer.attention.heads, layer.attention.keyValueHeads)
      guard heads.isMultiple(of: keys) else {
        throw .unsupported("\(heads) query heads cannot share \(keys) key heads evenly")
      }
      guard layer.attention.keysFrom.map({ (0..<index).contains($0) }) ?? true else {
        throw .unsupported("layer \(index) would read the keys of a layer that does not come before it")
      }
    }
  }
}
