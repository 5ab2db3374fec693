import RealModule
import RopeMath

/// The expected entropy of a softmax over independent Gaussian logits of mean 0 whose spread falls with distance, as
/// isotropic queries and keys have under XPos.
///
/// As for one spread (`GaussianEntropy`): `F = ∫ [e^{−e^l} − Π_b Φ_b(l)^{n_b}] dl` with `Φ_b(x) = E exp(−e^{x + σ_b g})`, and
/// `H = F − dF/d ln κ` with every σ multiplied by κ, at κ = 1. Distances are gathered in bins that grow by an eighth, each
/// with the spread in its middle.
struct DecayedEntropy: Sendable {
  private let bins: [(deviation: Double, count: Double)]

  private static let growth = 1.125
  private static let change = 1e-3
  private static let step = 0.35

  /// - Parameters:
  ///   - deviation: σ of the logits before the plan's own factors and decay.
  ///   - length: tokens in context; the query is the last of them and sees them all.
  init(_ plan: RotaryPlan, deviation: Double, length: Int) {
    var bins: [(deviation: Double, count: Double)] = []
    var start = 0
    while start < length {
      let end = min(length, max(start + 1, Int(Double(start) * Self.growth)))
      let middle = Double(start + end - 1) / 2
      bins.append((plan.logitDeviation(of: deviation, query: length - 1, distance: middle), Double(end - start)))
      start = end
    }
    self.bins = bins
  }

  /// H, nats.
  var entropy: Double {
    freeEnergy(1) - (freeEnergy(1 + Self.change) - freeEnergy(1 - Self.change)) / (2 * Self.change)
  }

  private func freeEnergy(_ multiplier: Double) -> Double {
    let rows = bins.map { (decay: LogisticDecay.row(deviation: $0.deviation * multiplier), count: $0.count) }
    let centre = -Double.log(
      bins.reduce(0) { sum, bin in
        let spread = bin.deviation * multiplier
        return sum + bin.count * .exp(spread * spread / 2)
      })
    func value(_ l: Double) -> Double {
      .exp(-.exp(l - centre)) - .exp(-rows.reduce(0) { $0 + $1.count * $1.decay.value(at: l) })
    }
    var free = 0.0
    for direction in [1.0, -1.0] {
      var place = direction > 0 ? 0.0 : -1.0, small = 0
      while small < 4, abs(place) < 600 {
        let part = value(centre + place * Self.step)
        free += part
        small = abs(part) < 1e-11 ? small + 1 : 0
        place += direction
      }
    }
    return -centre + Self.step * free
  }
}
