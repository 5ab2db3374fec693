import RopeMath

/// What a runtime computes for one type of layer.
public struct RuntimeLayer: Sendable {
  /// `all`, or the layer type.
  public let name: String
  /// What the runtime computes, every parameter spelled out; nil for plain rotation.
  public let specification: MethodSpecification?
  /// Resolved parameters of the specification.
  public let parameters: [String: ParameterValue]
  public internal(set) var plan: RotaryPlan
  /// How this runtime rounds on the way from frequencies to cos and sin.
  public let arithmetic: RotaryArithmetic
  public internal(set) var notes: [String]

  /// The method's name, `none` for plain rotation.
  public var method: String { specification?.name ?? "none" }

  /// The multipliers of one position in the runtime's own arithmetic, attention factor included.
  public func table(at position: Int) -> RotaryRow { arithmetic.row(of: plan, at: position) }
}
