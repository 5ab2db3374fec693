import RealModule

/// What becomes of a logit with the true distance of its key, after rotation, scaling and soft-capping:
/// `l ← a(Δ)·l + m(Δ)`, with Δ = p − r in tokens.
public enum LogitByDistance: Sendable, Hashable, Codable {
  /// `m_h(Δ) = −slope_h·Δ`, nats (ALiBi, arXiv 2108.12409, §3). Nil for ALiBi's own slopes of so many heads.
  case linear(slopes: HeadValues?)
  /// `a(Δ)² = 2 ln(Δ/τ + 1) + 1`, `m(Δ) = 1 − a(Δ)²` (scale-invariant attention, arXiv 2505.17083, eq. 16 with
  /// α = β = e^½): 1 and 0 at distance 0.
  case scaleInvariant(lengthScale: Double)

  /// `a(Δ)`.
  public func multiplier(at distance: Int) -> Double {
    switch self {
    case .linear: 1
    case .scaleInvariant(let scale): Self.square(distance, scale).squareRoot()
    }
  }

  /// `m_h(Δ)`, nats, for query head `head` of `heads`.
  public func bias(at distance: Int, head: Int, of heads: Int) -> Double {
    switch self {
    case .linear(let slopes): -(slopes?.value(head: head) ?? Self.slope(head: head, of: heads)) * Double(distance)
    case .scaleInvariant(let scale): 1 - Self.square(distance, scale)
    }
  }

  /// ALiBi's slope of head h, counted from 0: `2^(−8(h+1)/n)` where n is a power of 2; else those of the power of 2
  /// below, then every second one of the power of 2 above.
  public static func slope(head: Int, of heads: Int) -> Double {
    var whole = 1
    while whole <= heads / 2 { whole *= 2 }
    let exponent =
      head < whole
      ? 8 * Double(head + 1) / Double(whole) : 4 * Double(2 * (head - whole) + 1) / Double(whole)
    return .exp2(-exponent)
  }

  private static func square(_ distance: Int, _ scale: Double) -> Double {
    2 * .log(Double(max(0, distance)) / scale + 1) + 1
  }
}
