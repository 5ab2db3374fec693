import RealModule

/// `g(p)`: a multiplier of the query that depends on its own position only, so cached keys never grow stale by it.
public enum QueryScale: Sendable, Hashable, Codable {
  case one
  /// `max(1, ln(p+1)/ln L0)`, p counted from 0 (arXiv 2202.12172; Su, kexue.fm 8823).
  case logarithmic(trainedLength: Double)
  /// `1 + c·ln(1 + ⌊(p + offset)/F⌋)`: Llama 4 (offset 1) and Ministral 3 (offset 0).
  case steps(floorScale: Double, coefficient: Double, offset: Double)
  /// The same factor for every query.
  case constant(Double)

  /// The multiplier of a query at position `p ≥ 0`.
  public func value(at p: Int) -> Double {
    switch self {
    case .one: 1
    case .logarithmic(let trainedLength): max(1, .log(Double(p) + 1) / .log(trainedLength))
    case .steps(let floorScale, let coefficient, let offset):
      1 + coefficient * .log(1 + ((Double(p) + offset) / floorScale).rounded(.down))
    case .constant(let value): value
    }
  }
}
