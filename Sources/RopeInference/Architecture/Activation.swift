/// The non-linearity of a feed-forward layer.
public enum Activation: String, Sendable, Hashable, Codable {
  /// `x·σ(x)`.
  case silu
  /// GELU by its tanh approximation.
  case geluTanh = "gelu_tanh"
  /// GELU by the error function.
  case gelu
}
