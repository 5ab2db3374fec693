import RealModule

/// The expected entropy of a softmax over independent Gaussian logits of one standard deviation σ and different means,
/// exact for every number of keys.
///
/// As for equal means (`GaussianEntropy`), with `Φ(x) = E exp(−e^{x + σg})`:
/// `F = E ln Σ_j e^{m_j + σ g_j} = ∫ [e^{−e^l} − Π_j Φ(l + m_j)] dl`. With every logit multiplied by κ,
/// `H = F − dF/d ln κ` at κ = 1. The means enter as a histogram of `width` nats, each shared between its two neighbours, so
/// that they have their own mean and at most `width²/4` more variance. Good to 2e-4 nats for equal means and σ ≤ 20; beyond it
/// a few keys take all of the attention, and H is continued as 1/σ. Keys whose mean lies more than `reach` nats below the
/// largest one are left out: at σ = 20 that is seven standard deviations of the difference of two logits.
struct UnequalEntropy: Sendable {
  /// Numbers of keys by their mean logit: bin k stands for `(start + k) · width` nats.
  struct Means: Sendable {
    /// Nats.
    let width: Double
    private(set) var start = 0
    private(set) var counts: [Double] = []

    /// Bins at most: 200 nats of logits that are multiplied by 1/8.
    private static let mostBins = 16_000.0
    /// Means farther from 0 are none, nats.
    private static let largestMean: Float = 1e12

    /// - Parameter deviation: σ of the logits. Above 160, where an eighth of it passes `largestDeviation`, means are scaled
    ///   down as much as logits are, and bins may be as much wider.
    init(_ means: some Collection<Float>, deviation: Double) {
      width = 0.1 * max(1, deviation / (8 * UnequalEntropy.largestDeviation))
      guard let low = means.min(), let high = means.max(), abs(low) <= Self.largestMean, abs(high) <= Self.largestMean else {
        return
      }
      let floor = max(Double(low), Double(high) - Self.mostBins * width)
      start = Int((floor / width).rounded(.down))
      counts = Array(repeating: 0, count: Int((Double(high) / width).rounded(.up)) - start + 2)
      for mean in means {
        let place = (Double(mean) > floor ? Double(mean) : floor) / width - Double(start)
        let bin = Int(place), share = place - Double(bin)
        counts[bin] += 1 - share
        counts[bin + 1] += share
      }
    }

    var keys: Double { counts.reduce(0, +) }
  }

  private static let change = 1e-3
  private static let largestDeviation = 20.0
  private static let reach = 200.0
  private static let step = 0.35

  /// H, nats, of logits that are `multiplier` times what the means and σ say; not a number without keys.
  static func entropy(_ means: Means, deviation: Double, multiplier: Double = 1) -> Double {
    guard means.keys > 0 else { return .nan }
    let spread = multiplier * deviation
    if spread > largestDeviation * (1 + 1e-9) {
      return entropy(means, deviation: deviation, multiplier: largestDeviation / deviation) * largestDeviation / spread
    }
    func free(_ factor: Double) -> Double { freeEnergy(means, deviation: deviation, multiplier: multiplier * factor) }
    return free(1) - (free(1 + change) - free(1 - change)) / (2 * change)
  }

  /// `F`, nats.
  private static func freeEnergy(_ means: Means, deviation: Double, multiplier: Double) -> Double {
    // A row of the table grows with σ², so nothing beyond the step of the derivative may reach it.
    let spread = min(multiplier * deviation, largestDeviation * (1 + 2 * change))
    let decay = LogisticDecay.row(deviation: spread)
    let all = means.counts.indices.filter { means.counts[$0] > 0 }.map {
      (shift: Double(means.start + $0) * means.width * multiplier, count: means.counts[$0])
    }
    let top = all.last?.shift ?? 0
    let bins = all.drop { $0.shift < top - reach }
    let sum = bins.reduce(0) { $0 + $1.count * .exp($1.shift - top) }
    // Where the integrand changes sign, for many keys.
    let centre = -(top + .log(sum) + spread * spread / 2)
    func value(_ l: Double) -> Double {
      let survival = Double.exp(-bins.reduce(0) { $0 + $1.count * decay.value(at: l + $1.shift) })
      return .exp(-.exp(l - centre)) - survival
    }
    var free = 0.0
    for direction in [1.0, -1.0] {
      var place = direction > 0 ? 0.0 : -1.0, small = 0
      while small < 4, abs(place) < 600 {
        let part = value(centre + place * step)
        free += part
        small = abs(part) < 1e-11 ? small + 1 : 0
        place += direction
      }
    }
    return -centre + step * free
  }
}

/// `−ln Φ(x)`, `Φ(x) = E exp(−e^{x + σg})` with standard normal g: a table of its logarithm over x and σ, read by cubic
/// interpolation; beyond the table's σ the row is computed for itself.
enum LogisticDecay {
  private static let low = -165.0
  private static let high = 30.0
  private static let step = 0.25
  private static let deviationStep = 0.0625
  private static let points = Int((high - low) / step) + 1
  private static let largestDeviation = 12.0
  private static let deviations = Int(largestDeviation / deviationStep) + 1

  // Rows for larger spreads cost most, and few models have them: each quarter is set up where it is first asked for.
  private static let quarter = (deviations + 3) / 4
  private static let first = rows(of: 0)
  private static let second = rows(of: 1)
  private static let third = rows(of: 2)
  private static let last = rows(of: 3)

  private static func rows(of block: Int) -> [[Double]] {
    (block * quarter..<min(deviations, (block + 1) * quarter)).map {
      values(deviation: Double($0) * deviationStep, from: low)
    }
  }

  /// The values over x at the σ of a place.
  private static func values(at place: Int) -> [Double] {
    let block = place < quarter ? first : place < 2 * quarter ? second : place < 3 * quarter ? third : last
    return block[place % quarter]
  }

  /// `ln(−ln Φ(x))` from `low` to `high`.
  private static func values(deviation: Double, from low: Double) -> [Double] {
    let spacing = min(0.25, 0.4 / max(deviation, 1e-9))
    let samples = (0...Int(((deviation + 18) / spacing).rounded(.up))).map { -9 + Double($0) * spacing }
    let weights = samples.map { Double.exp(-$0 * $0 / 2) * spacing / (2 * Double.pi).squareRoot() }
    return (0...Int((high - low) / step)).map { point in
      let x = low + Double(point) * step
      if x + deviation * deviation < -18 { return x + deviation * deviation / 2 }
      var missing = 0.0, kept = 0.0
      for (sample, weight) in zip(samples, weights) {
        let z = Double.exp(x + deviation * sample)
        let survival = Double.exp(-z)
        kept += weight * survival
        missing += weight * (z < 1e-3 ? z * (1 - z * (0.5 - z * (1.0 / 6 - z / 24))) : 1 - survival)
      }
      let decay = missing < 0.5 ? -Double.log(onePlus: -missing) : -Double.log(max(kept, .leastNormalMagnitude))
      return .log(decay)
    }
  }

  /// The table at one σ.
  struct Row: Sendable {
    fileprivate let values: [Double]
    fileprivate let low: Double

    /// `−ln Φ(x)`.
    func value(at x: Double) -> Double {
      let place = (x - low) / LogisticDecay.step
      guard place > 1 else { return .exp(x - low + values[0]) }
      guard place < Double(values.count - 3) else { return .exp(values[values.count - 3]) }
      let index = Int(place), t = place - Double(index)
      return .exp(LogisticDecay.cubic(values[index - 1], values[index], values[index + 1], values[index + 2], t))
    }
  }

  static func row(deviation: Double) -> Row {
    if deviation > Self.largestDeviation {
      let low = min(Self.low, -(deviation * deviation + 20).rounded(.up))
      return Row(values: Self.values(deviation: deviation, from: low), low: low)
    }
    let place = min(max(0, deviation) / Self.deviationStep, Double(Self.deviations - 1))
    let index = min(Int(place), Self.deviations - 2), t = place - Double(index)
    // Even in σ, so the row before the first is the second.
    let before = Self.values(at: abs(index - 1)), after = Self.values(at: min(index + 2, Self.deviations - 1))
    let own = Self.values(at: index), next = Self.values(at: index + 1)
    return Row(values: (0..<Self.points).map { Self.cubic(before[$0], own[$0], next[$0], after[$0], t) }, low: Self.low)
  }

  /// Lagrange's cubic through four equally spaced values, `t` from the second towards the third.
  fileprivate static func cubic(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double) -> Double {
    let u = t + 1, v = t - 1, w = t - 2
    return -a * t * v * w / 6 + b * u * v * w / 2 - c * u * t * w / 2 + d * u * t * v / 6
  }
}
