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
  /// `s_h·ln(p + 1) + b_h`: SSMax (arXiv 2501.19399) and Mistral Large 4, learned for each head.
  case logPosition(scale: HeadValues, bias: HeadValues)
  /// `max(1, √((1 − n^(−2/d))/(1 − L0^(−2/d))))` with n = p + 1 keys and d features a head (InfoScale, arXiv 2501.08570).
  case information(trainedLength: Double, dimension: Int)

  /// The multiplier of a query at position `p ≥ 0`; where heads differ, its mean over them.
  public func value(at p: Int) -> Double {
    guard case .logPosition(let scale, let bias) = self else { return value(at: p, head: 0) }
    return scale.mean * .log(Double(p) + 1) + bias.mean
  }

  /// The multiplier of a query of head `head`, counted from 0, at position `p ≥ 0`.
  public func value(at p: Int, head: Int) -> Double {
    switch self {
    case .one: 1
    case .logarithmic(let trainedLength): max(1, .log(Double(p) + 1) / .log(trainedLength))
    case .steps(let floorScale, let coefficient, let offset):
      1 + coefficient * .log(1 + ((Double(p) + offset) / floorScale).rounded(.down))
    case .constant(let value): value
    case .logPosition(let scale, let bias): scale.value(head: head) * .log(Double(p) + 1) + bias.value(head: head)
    case .information(let trainedLength, let dimension):
      max(1, (Self.spread(Double(p) + 1, dimension) / Self.spread(trainedLength, dimension)).squareRoot())
    }
  }

  /// Whether the multiplier is the same for all heads.
  public var isUniform: Bool { headValues.allSatisfy(\.isUniform) }

  /// Numbers that are given by head.
  var headValues: [HeadValues] {
    guard case .logPosition(let scale, let bias) = self else { return [] }
    return [scale, bias]
  }

  /// `1 − n^(−2/d)`, without the cancellation of numbers near 1.
  private static func spread(_ keys: Double, _ dimension: Int) -> Double {
    -.expMinusOne(-2 / Double(dimension) * .log(keys))
  }
}
