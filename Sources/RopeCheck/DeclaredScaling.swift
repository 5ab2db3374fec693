import RopeConfig
import RopeJSON
import RopeMath

/// One scaling dictionary as it is written: the whole model's, or a layer type's.
///
/// Reading is lenient: a value of the wrong type is absent here and the matter of another rule.
public struct DeclaredScaling: Sendable {
  public let dictionary: DeclaredValue
  /// The layer type that it is for; nil for all layers.
  public let layer: String?

  public init(dictionary: DeclaredValue, layer: String? = nil) {
    self.dictionary = dictionary
    self.layer = layer
  }

  public var typePlace: DeclaredValue? { dictionary.member(.scalingType) }

  /// `rope_type`, else `type`; `default` where neither is a text. The older name `su` is `longrope`.
  public var type: String {
    let name = typePlace?.node.string ?? "default"
    return name == "su" ? "longrope" : name
  }

  /// Whether the type asks for more than plain rotation.
  public var isScaled: Bool { !["default", "mrope"].contains(type) }

  public var isYarn: Bool { type == "yarn" || type == "deepseek_yarn" }

  public func number(_ key: String) -> Double? { dictionary.member(key)?.node.finiteNumber }

  public func numbers(_ key: String) -> [Double]? {
    dictionary.member(key)?.node.elements?.map { $0.finiteNumber ?? .nan }
  }

  public var factor: Double? { number("factor") }

  /// `yarn ×4`.
  var title: String { type + (factor.map { " ×\(Phrase.ratio($0))" } ?? "") }

  public func has(_ key: String) -> Bool { dictionary.member(key) != nil }
}

extension JSONNode {
  /// The number as a count of tokens, layers or features.
  var count: Int? {
    guard let number = finiteNumber, number >= 0, number <= Double(RotaryGeometry.largestLength) else { return nil }
    return Int(number)
  }
}
