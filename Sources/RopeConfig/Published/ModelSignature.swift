import RopeJSON

/// What a configuration shows of the model behind it, whatever window it now states: type, base and sizes.
///
/// Every condition that is given must hold. A size that the file leaves out contradicts nothing, but a vocabulary that
/// is asked for must be there: a `llama` of 4,096 features may be anybody's.
struct ModelSignature: Sendable {
  private let types: [String]
  let bases: [Double]
  private let hidden: [Int]
  private let vocabulary: [Int]
  private let layers: Int?
  private let keyValueHeads: Int?
  private let intermediate: Int?
  /// Where nothing but the window tells: the windows that the file may state.
  private let windows: [Int]
  /// The same of `original_max_position_embeddings`.
  private let originals: [Int]
  private let scaling: PublishedScaling?
  private let isPlain: Bool
  private let isBare: Bool
  private let key: (name: String, value: JSONNode.Value)?

  /// - Parameters:
  ///   - types: `model_type`s, spaces between them.
  ///   - scaling: type and factor of the file's scaling; a factor of 0 stands for any.
  ///   - plain: the file has no scaling.
  ///   - bare: the file states no base, no size and no window, as a fragment does.
  ///   - key: another key and its value.
  static func config(
    _ types: String, base: Double..., hidden: [Int] = [], vocabulary: [Int] = [], layers: Int? = nil,
    keyValueHeads: Int? = nil, intermediate: Int? = nil, windows: [Int] = [], originals: [Int] = [],
    scaling: PublishedScaling? = nil, plain: Bool = false, bare: Bool = false,
    key: (name: String, value: JSONNode.Value)? = nil
  ) -> ModelSignature {
    ModelSignature(
      types: types.split(separator: " ").map(String.init), bases: base, hidden: hidden, vocabulary: vocabulary,
      layers: layers, keyValueHeads: keyValueHeads, intermediate: intermediate, windows: windows,
      originals: originals,
      scaling: scaling, isPlain: plain, isBare: bare, key: key)
  }

  var modelTypes: [String] { types }

  func matches(_ traits: ModelTraits) -> Bool {
    if !bases.isEmpty, !bases.contains(traits.base ?? 10_000) { return false }
    if let size = traits.hidden, !hidden.isEmpty, !hidden.contains(size) { return false }
    if !vocabulary.isEmpty, !(traits.vocabulary.map(vocabulary.contains) ?? false) { return false }
    if let layers, let count = traits.layers, layers != count { return false }
    if let keyValueHeads, let count = traits.keyValueHeads, keyValueHeads != count { return false }
    if let intermediate, traits.intermediate != intermediate { return false }
    if !windows.isEmpty, !traits.statedWindows.contains(where: windows.contains) { return false }
    if !originals.isEmpty, !(traits.original.map(originals.contains) ?? false) { return false }
    if isPlain, traits.scalingType != nil { return false }
    if isBare, !traits.isBare { return false }
    if let scaling {
      guard traits.scalingType == scaling.type,
        scaling.factor == 0 || traits.factor == scaling.factor
      else { return false }
    }
    return key.map { traits.holds($0.name, $0.value) } ?? true
  }
}
