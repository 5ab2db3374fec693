import RealModule

/// How YaRN's attention factor follows from its parameters.
///
/// `gm(s, k) = 0.1·k·ln s + 1` for s > 1, else 1. In order: an explicit `attention_factor` as it is; `gm(s, mscale) /
/// gm(s, mscale_all_dim)` where both are given and not 0; else `gm(s, 1)` (transformers ≥ 4.49).
public struct YaRNTemperature: Sendable, Hashable {
  public let attentionFactor: Double?
  public let mscale: Double?
  public let mscaleAllDimensions: Double?

  public static let parameters = [
    MethodParameter(
      "attention_factor", range: -1e6...1e6, default: .absent("from the factor: 0.1·ln s + 1"),
      summary: "multiplier a of cos and sin"),
    MethodParameter(
      "mscale", range: 0...1e6, default: .absent("unused"), summary: "numerator coefficient of a, with mscale_all_dim"),
    MethodParameter(
      "mscale_all_dim", range: 0...1e6, default: .absent("unused"), summary: "denominator coefficient of a, with mscale"
    ),
  ]

  public init(_ values: ParameterValues) {
    attentionFactor = values.number("attention_factor")
    mscale = values.number("mscale")
    mscaleAllDimensions = values.number("mscale_all_dim")
  }

  /// `gm(s, k)`.
  public static func magnitude(scale: Double, coefficient: Double = 1) -> Double {
    scale <= 1 ? 1 : 0.1 * coefficient * .log(scale) + 1
  }

  public func attentionFactor(scale: Double) -> Double {
    if let attentionFactor { return attentionFactor }
    if let mscale, let mscaleAllDimensions, mscale != 0, mscaleAllDimensions != 0 {
      return Self.magnitude(scale: scale, coefficient: mscale)
        / Self.magnitude(scale: scale, coefficient: mscaleAllDimensions)
    }
    return Self.magnitude(scale: scale)
  }
}
