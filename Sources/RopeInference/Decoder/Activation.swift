/// The non-linearity of a feed-forward layer.
public enum Activation: Sendable, Hashable, Codable {
  /// `x·σ(x)`.
  case silu
  /// GELU by its tanh approximation.
  case geluTanh
  /// GELU by the error function.
  case gelu
  /// `max(0, x)`.
  case relu
  /// `max(0, x)²`.
  case reluSquared
  /// xIELU (arXiv 2411.13010) with the four numbers of each layer in the file: `α₊x² + βx` above 0, else
  /// `α₋(e^min(x, ε) − 1 − x) + βx`.
  case xielu
  /// `(clamp(up) + 1) · g·σ(slope·g)` with `g = min(gate, limit)`, up within ± limit (gpt-oss).
  case clampedSwish(slope: Double, limit: Double)
}
