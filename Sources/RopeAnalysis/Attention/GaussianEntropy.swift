import RealModule

/// The expected entropy of a softmax over n independent Gaussian logits of one standard deviation, exact for every n.
///
/// With `g` standard normal and `Φ(t) = E exp(−t e^{σg})`, the free energy is
/// `F(σ) = E ln Σ e^{σ g_j} = ∫ [e^{−e^l} − Φ(e^l)^n] dl` over all l, and the entropy `H = F − σ F′(σ)`, in nats. Both
/// integrals are analytic in a strip, so the trapezoidal rule converges exponentially; the steps here leave an error
/// below 1e-9 for 1 ≤ n ≤ 2^40 and 0 ≤ σ ≤ 20. A model of attention logits, not a fact about a network.
public struct GaussianEntropy: Sendable {
  /// σ, nats.
  public let deviation: Double
  private let samples: [Double]
  private let factors: [Double]
  private let weights: [Double]
  /// Sum of the weights from each place on, and 0 after the last.
  private let weightsFrom: [Double]

  /// Below `smallDecay` four terms of `1 − e^{−z}` are exact; above `largeDecay` nothing is left of `z e^{−z}`.
  private static let smallDecay = 1e-3
  private static let largeDecay = 42.0

  /// - Parameter deviation: σ ≥ 0; one that is not finite has no entropy.
  public init(deviation: Double) {
    self.deviation = deviation
    guard deviation.isFinite else {
      (samples, factors, weights, weightsFrom) = ([], [], [], [0])
      return
    }
    let step = min(0.5, 0.4 / max(deviation, 1e-9))
    // Large logits weigh e^{σg}, which moves the mass of the integrand from 0 to σ.
    let count = Int(((deviation + 18) / step).rounded(.up))
    samples = (0...count).map { -9 + Double($0) * step }
    factors = samples.map { .exp(deviation * $0) }
    weights = samples.map { .exp(-$0 * $0 / 2) * step / (2 * .pi).squareRoot() }
    var sum = 0.0
    weightsFrom =
      ([0]
      + weights.reversed().map { weight in
        sum += weight
        return sum
      }).reversed()
  }

  /// H, nats, of `keys` ≥ 1 logits; fractions interpolate smoothly. Not a number for an infinite or smaller count.
  public func entropy(keys: Double) -> Double {
    guard keys >= 1, keys.isFinite, deviation.isFinite else { return .nan }
    if keys == 1 { return 0 }
    if deviation == 0 { return .log(keys) }
    let (free, slope, _) = freeEnergyAndSlopes(keys: keys)
    return free - deviation * slope
  }

  /// H, nats, with a sink of logit s in the denominator, which counts as one more outcome: with
  /// `F = ∫ [e^{−e^l} − Φ(e^l)^n exp(−e^{l + s})] dl`, `H = F − σ ∂F/∂σ − s ∂F/∂s`; `∂F/∂s` is the sink's expected weight.
  public func entropy(keys: Double, sink: Double) -> Double {
    guard keys >= 1, keys.isFinite, deviation.isFinite, sink.isFinite else { return .nan }
    let (free, slope, weight) = freeEnergyAndSlopes(keys: keys, sink: sink)
    return free - deviation * slope - sink * weight
  }

  /// The expected weight of a sink of logit s, 0 … 1.
  public func sinkWeight(keys: Double, sink: Double) -> Double {
    guard keys >= 1, keys.isFinite, deviation.isFinite, sink.isFinite else { return .nan }
    return freeEnergyAndSlopes(keys: keys, sink: sink).2
  }

  /// F, nats: the expected logarithm of the softmax's denominator; same range as `entropy`.
  public func freeEnergy(keys: Double) -> Double {
    guard keys >= 1, keys.isFinite, deviation.isFinite else { return .nan }
    return keys == 1 ? 0 : freeEnergyAndSlopes(keys: keys).0
  }

  /// F, ∂F/∂σ and ∂F/∂s.
  private func freeEnergyAndSlopes(keys: Double, sink: Double? = nil) -> (Double, Double, Double) {
    let condensation = Self.condensationDeviation(keys: keys)
    let own =
      deviation < condensation
      ? -(.log(keys) + deviation * deviation / 2) : -deviation * condensation
    let centre = min(own, sink.map { -$0 } ?? own)
    let step = 0.35
    var free = 0.0, slope = 0.0, sinkSlope = 0.0
    func add(_ index: Int) -> Bool {
      let l = Double(index) * step
      let t = Double.exp(centre + l)
      var missing = 0.0, tilted = 0.0
      // Factors grow with k: first the keys that are surely kept, then those in between, then those that are surely lost.
      var k = 0
      while k < samples.count {
        let z = t * factors[k]
        guard z < Self.smallDecay else { break }
        missing += weights[k] * z * (1 - z * (0.5 - z * (1.0 / 6 - z * (1.0 / 24))))
        tilted += weights[k] * samples[k] * z * (1 - z * (1 - z * (0.5 - z * (1.0 / 6))))
        k += 1
      }
      while k < samples.count {
        let z = t * factors[k]
        guard z < Self.largeDecay else { break }
        let decay = Double.exp(-z)
        missing += weights[k] * (1 - decay)
        tilted += weights[k] * samples[k] * z * decay
        k += 1
      }
      missing += weightsFrom[k]
      let logarithm = missing < 1 ? Double.log(onePlus: -missing) : -.infinity
      let drain = sink.map { Double.exp(centre + l + $0) } ?? 0
      let survival = Double.exp(keys * logarithm - drain)
      let value = Double.exp(-Double.exp(l)) - survival
      let derivative = keys * .exp((keys - 1) * logarithm - drain) * tilted
      // No share of an infinite drain is left.
      let share = survival > 0 ? drain * survival : 0
      free += value
      slope += derivative
      sinkSlope += share
      return max(abs(value), abs(derivative), share) > 1e-12
    }
    for direction in [1, -1] {
      var index = direction == 1 ? 0 : -1
      var small = 0
      while small < 3, abs(index) < 4000 {
        small = add(index) ? 0 : small + 1
        index += direction
      }
    }
    return (-centre + step * free, step * slope, step * sinkSlope)
  }

  /// `√(2 ln n)`: beyond this deviation a few keys take all of the attention and the entropy no longer grows with n
  /// (Derrida's random-energy model, Phys. Rev. B 24, 1981).
  public static func condensationDeviation(keys: Double) -> Double { (2 * .log(max(1, keys))).squareRoot() }

  /// `ln n − σ²/2`, the limit of many keys for σ below the condensation point.
  public static func highTemperature(keys: Double, deviation: Double) -> Double {
    .log(keys) - deviation * deviation / 2
  }

  /// The factor κ on the logits that gives `keys` keys the entropy that `referenceKeys` have at `deviation`:
  /// the solution of `H(n, κσ) = H(n0, σ)`. 1 where σ = 0 or the counts are equal; not a number where `keys` are fewer.
  public static func holdingMultiplier(keys: Double, referenceKeys: Double, deviation: Double) -> Double {
    guard keys >= referenceKeys, referenceKeys >= 1, deviation >= 0, deviation.isFinite else { return .nan }
    if deviation == 0 || keys == referenceKeys { return 1 }
    if referenceKeys == 1 { return .infinity }
    let wanted = GaussianEntropy(deviation: deviation).entropy(keys: referenceKeys)
    func excess(_ factor: Double) -> Double {
      GaussianEntropy(deviation: factor * deviation).entropy(keys: keys) - wanted
    }
    // Bracketed in κ², in which the entropy of many keys is a straight line.
    var low = 1.0, lowExcess = excess(1)
    var high = highTemperatureMultiplier(keys: keys, referenceKeys: referenceKeys, deviation: deviation)
    var highExcess = excess(high)
    var growth = 1.02
    while highExcess > 0, high * deviation < 100 {
      (low, lowExcess) = (high, highExcess)
      high *= growth
      growth = 1.2
      highExcess = excess(high)
    }
    guard highExcess <= 0 else { return .nan }
    return FalsePosition(low: low * low, lowValue: lowExcess, high: high * high, highValue: highExcess)
      .root(width: 1e-10, size: 1e-10) { excess($0.squareRoot()) }.squareRoot()
  }

  /// `κ = √(1 + 2 ln(n/n0)/σ²)`, the same in the limit of many keys.
  public static func highTemperatureMultiplier(keys: Double, referenceKeys: Double, deviation: Double) -> Double {
    (1 + 2 * .log(keys / referenceKeys) / (deviation * deviation)).squareRoot()
  }
}
