/// A normalisation of rows.
public struct NormDescription: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Hashable, Codable {
    /// `x / √(mean(x²) + ε) · (w + offset)`.
    case rootMeanSquare
    /// `(x − mean) / √(variance + ε) · w + b`.
    case layer
  }

  public var kind: Kind
  public var epsilon: Double
  /// Added to the stored weight: 1 where the file holds differences from 1 (Gemma's safetensors).
  public var offset: Double

  public init(kind: Kind = .rootMeanSquare, epsilon: Double, offset: Double = 0) {
    self.kind = kind
    self.epsilon = epsilon
    self.offset = offset
  }
}
