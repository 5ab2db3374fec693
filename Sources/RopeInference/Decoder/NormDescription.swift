/// A normalisation of rows.
public struct NormDescription: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Hashable, Codable {
    /// `x / √(mean(x²) + ε) · (w + offset)`.
    case rootMeanSquare
    /// `(x − mean) / √(variance + ε) · (w + offset) + b`.
    case layer
  }

  public var kind: Kind
  public var epsilon: Double
  /// Added to the stored weight: 1 where the file holds differences from 1 (Gemma's safetensors).
  public var offset: Double
  /// Whether the file has a weight; without one it is 1.
  public var hasWeight: Bool
  public var hasBias: Bool

  public init(
    kind: Kind = .rootMeanSquare, epsilon: Double, offset: Double = 0, hasWeight: Bool = true, hasBias: Bool? = nil
  ) {
    self.kind = kind
    self.epsilon = epsilon
    self.offset = offset
    self.hasWeight = hasWeight
    self.hasBias = hasBias ?? (kind == .layer)
  }
}
