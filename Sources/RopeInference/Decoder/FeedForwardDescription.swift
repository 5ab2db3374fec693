/// A feed-forward layer as data.
public struct FeedForwardDescription: Sendable, Hashable, Codable {
  public enum Layout: String, Sendable, Hashable, Codable {
    /// `down(activation(gate x) · up x)`.
    case gated
    /// The same, gate and up in one matrix, gate first (Phi-3).
    case gatedStacked
    /// `down(activation(up x))`.
    case plain
  }

  public var layout = Layout.gated
  /// Features inside; of a mixture without shared experts 0.
  public var size: Int
  public var activation = Activation.silu
  public var hasBias = false
  /// The four numbers of xIELU, α₊, α₋, β, ε, as they are stored; nil where they are tensors.
  public var slopes: [Double]?
  /// Further experts, of which each token has a few; the layer above is then the one that all tokens share.
  public var mixture: MixtureDescription?

  var isGated: Bool { layout != .plain }

  /// Weights that a token meets.
  func activeParameters(hidden: Int) -> Int {
    let gates = isGated ? 3 : 2, experts = mixture.map { $0.chosen * 3 * hidden * $0.size + $0.experts * hidden } ?? 0
    return gates * hidden * size + experts
  }

  /// All weights.
  func parameters(hidden: Int) -> Int {
    activeParameters(hidden: hidden) + (mixture.map { ($0.experts - $0.chosen) * 3 * hidden * $0.size } ?? 0)
  }
}
