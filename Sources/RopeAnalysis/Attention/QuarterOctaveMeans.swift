import RealModule

/// Means of values at ascending distances over quarter octaves, 2^(k/4) ≤ Δ < 2^((k+1)/4); distance 0 is left out.
struct QuarterOctaveMeans: Sendable {
  /// Geometric middle of the distances of each quarter octave that holds any, tokens.
  private(set) var centres: [Int] = []
  private(set) var means: [Double] = []
  private var index = -1
  private var first = 0
  private var last = 0
  private var upper = 1
  private var sum = 0.0
  private var count = 0

  mutating func add(_ value: Float, at distance: Int) {
    guard distance > 0 else { return }
    if distance >= upper {
      finish()
      while distance >= upper {
        index += 1
        upper = Self.edge(index + 1)
      }
      first = distance
    }
    last = distance
    sum += Double(value)
    count += 1
  }

  /// Closes the quarter octave in hand.
  mutating func finish() {
    guard count > 0 else { return }
    centres.append(Int((Double(first) * Double(last)).squareRoot().rounded()))
    means.append(sum / Double(count))
    (sum, count) = (0, 0)
  }

  /// The first whole distance at or beyond 2^(k/4).
  private static func edge(_ k: Int) -> Int {
    k.isMultiple(of: 4) ? 1 << (k / 4) : Int(Double.exp(Double(k) / 4 * .log(2)).rounded(.up))
  }
}
