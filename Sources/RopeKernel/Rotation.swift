import RealModule
import RopeMath

/// The rotation of one token's features: a cosine and a sine for each pair, the attention factor included.
///
/// Angles are taken in float64 and rounded to the kernel's type at the end, so float32 results differ from float64 ones
/// by the arithmetic on q, k and v alone.
struct Rotation<Scalar: KernelScalar> {
  /// On which side of the dot product the token stands; matters where logits decay with distance.
  enum Side {
    case query
    case key
  }

  private let cosines: [Scalar]
  private let sines: [Scalar]
  private let pairing: PairLayout

  /// Every pair at the same position.
  init(_ plan: RotaryPlan, at position: Double, side: Side, decayCentre: Double) {
    self.init(plan, side: side, decayCentre: decayCentre) { _ in position }
  }

  /// - Parameter position: of each pair, in tokens.
  init(_ plan: RotaryPlan, side: Side, decayCentre: Double, position: (_ pair: Int) -> Double) {
    var cosines: [Scalar] = []
    var sines: [Scalar] = []
    for (i, frequency) in plan.inverseFrequencies.enumerated() {
      let angle = position(i) * frequency
      var magnitude = plan.attentionFactor
      if let rates = plan.decayRates {
        // exp(−rate·(f − g)), shared out between query and key around a centre that keeps both in range
        let exponent = rates[i] * (position(i) - decayCentre)
        magnitude *= .exp(side == .query ? -exponent : exponent)
      }
      cosines.append(Scalar(magnitude * .cos(angle)))
      sines.append(Scalar(magnitude * .sin(angle)))
    }
    self.cosines = cosines
    self.sines = sines
    pairing = plan.geometry.pairing
  }

  /// `x` with its leading rotary features rotated, the others as they are.
  func callAsFunction(_ x: ArraySlice<Scalar>) -> [Scalar] {
    var result = Array(x)
    let m = cosines.count
    for i in 0..<m {
      let (first, second) = pairing == .half ? (i, i + m) : (2 * i, 2 * i + 1)
      let (x0, x1) = (result[first], result[second])
      result[first] = x0 * cosines[i] - x1 * sines[i]
      result[second] = x0 * sines[i] + x1 * cosines[i]
    }
    return result
  }
}
