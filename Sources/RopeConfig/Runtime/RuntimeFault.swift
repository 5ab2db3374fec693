import RopeJSON
import RopeMath
import RopeText

/// What some versions of a runtime do to a class of models beyond how they read scaling: one row of a table that every
/// command shares.
public struct RuntimeFault: Sendable, Hashable {
  public enum Effect: Sendable, Hashable {
    /// The dictionary never reaches the rotary class: plain rotation.
    case scalingIgnored
    /// The base is a constant, whatever the file says.
    case fixedBase(Double)
    /// The base is a constant times the number under a key.
    case multipliedBase(Double, key: String)
    /// The whole head rotates unless `key` gives the rotated features.
    case wholeHead(unless: String)
    /// The rotated share is applied to a part of the head that is all to be rotated.
    case shareAppliedTwice
    /// Sliding layers are scaled like the full ones.
    case slidingScaled
    /// The window is read from the first of these keys, else it is `fallback`.
    case window(keys: [String], fallback: Int)
    /// These keys of the dictionary are left out on the way.
    case keysDropped([String])
    /// Without these keys loading stops.
    case keysNeeded([String])
    /// The short list of LongRoPE at every length.
    case shortListAlways
    /// YaRN's factor is replaced by window/original.
    case factorIsLengthRatio
    /// The file is refused.
    case refuses
    /// A file with scaling of this type is refused.
    case typeRefused(String)
  }

  /// The runtime's name in the catalogue, modelled or known by name.
  public let runtime: String
  /// First version known to do so; nil for every one before `next`.
  public let first: RuntimeVersion?
  /// First version known not to; nil for none.
  public let next: RuntimeVersion?
  /// Model types; empty for all.
  public let modelTypes: [String]
  public let effect: Effect
  /// What happens, for a message.
  public let sentence: String
  /// The file, issue or pull request that says so.
  public let source: String

  init(
    _ runtime: String, from first: String? = nil, before next: String? = nil, _ modelTypes: [String] = [],
    _ effect: Effect, _ sentence: String, source: String
  ) {
    self.runtime = runtime
    self.first = first.flatMap(RuntimeVersion.init)
    self.next = next.flatMap(RuntimeVersion.init)
    self.modelTypes = modelTypes
    self.effect = effect
    self.sentence = sentence
    self.source = source
  }

  /// `from 0.11.0, mended by 0.26.0`.
  public var versions: Message {
    switch (first, next) {
    case (nil, nil): "in every version known"
    case (let first?, nil): "from \(first.description) on"
    case (nil, let next?): "before \(next.description)"
    case (let first?, let next?): "from \(first.description), mended by \(next.description)"
    }
  }

  /// Whether the row is about a model type; the text part of a multimodal type counts as that type.
  public func isAbout(_ modelType: String) -> Bool {
    modelTypes.isEmpty || modelTypes.contains(modelType)
      || (modelType.hasSuffix("_text") && modelTypes.contains(String(modelType.dropLast(5))))
  }

  public func covers(_ version: RuntimeVersion) -> Bool {
    if let first, version < first, !version.holds(first) { return false }
    if let next, version >= next { return false }
    return true
  }

  /// Whether the file gives it anything to go wrong with: scaling to ignore, a base to leave aside, keys to drop.
  public func concerns(_ declaration: Declaration) -> Bool {
    let dictionaries = Self.dictionaries(declaration)
    func type(_ value: DeclaredValue) -> String {
      value.member(anyOf: ["rope_type", "type"])?.node.string ?? "default"
    }
    switch effect {
    case .scalingIgnored, .slidingScaled:
      return dictionaries.contains { !["default", "mrope"].contains(type($0)) }
    case .fixedBase(let base):
      return Self.base(declaration).map { $0 != base } ?? false
    case .multipliedBase(let base, let key):
      let ratio = declaration.value(anyOf: [key])?.node.finiteNumber ?? 1
      return Self.base(declaration).map { $0 != base * ratio } ?? false
    case .wholeHead(let key):
      return declaration.value(anyOf: [key]) == nil && Self.share(declaration, dictionaries).map { $0 < 1 } ?? false
    case .shareAppliedTwice: return Self.share(declaration, dictionaries).map { $0 < 1 } ?? false
    case .window(let keys, let fallback):
      let read = declaration.value(anyOf: keys)?.node.finiteNumber ?? Double(fallback)
      return declaration.value(anyOf: ["max_position_embeddings"])?.node.finiteNumber.map { $0 != read } ?? false
    case .keysDropped(let keys): return dictionaries.contains { $0.member(anyOf: keys) != nil }
    case .keysNeeded(let keys):
      return dictionaries.contains { value in type(value) == "yarn" && keys.contains { value.member($0) == nil } }
    case .shortListAlways: return dictionaries.contains { $0.member("long_factor") != nil }
    case .factorIsLengthRatio:
      return dictionaries.contains { type($0) == "yarn" && $0.member("original_max_position_embeddings") != nil }
    case .refuses: return true
    case .typeRefused(let refused): return dictionaries.contains { type($0) == refused }
    }
  }

  /// The scaling dictionaries of a file, those of layer types one by one.
  static func dictionaries(_ declaration: Declaration) -> [DeclaredValue] {
    guard let value = declaration.value(anyOf: ["rope_scaling", "rope_parameters"]) else { return [] }
    let nested = (value.node.members ?? []).filter { $0.node.members != nil }.compactMap { value.member($0.key) }
    return nested.isEmpty ? [value] : nested
  }

  private static func base(_ declaration: Declaration) -> Double? {
    dictionaries(declaration).first?.member("rope_theta")?.node.finiteNumber
      ?? declaration.value(anyOf: ["rope_theta"])?.node.finiteNumber
  }

  private static func share(_ declaration: Declaration, _ dictionaries: [DeclaredValue]) -> Double? {
    dictionaries.first?.member("partial_rotary_factor")?.node.finiteNumber
      ?? declaration.value(anyOf: ["partial_rotary_factor"])?.node.finiteNumber
  }
}
