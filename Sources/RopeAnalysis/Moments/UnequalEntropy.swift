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
    init(_ means: ArraySlice<Float>, deviation: Double) {
      width = 0.1 * max(1, deviation / (8 * UnequalEntropy.largestDeviation))
      var low = Float.infinity, high = -Float.infinity, sum: Float = 0
      for mean in means {
        low = min(low, mean)
        high = max(high, mean)
        sum += mean
      }
      guard low <= high, !sum.isNaN, abs(low) <= Self.largestMean, abs(high) <= Self.largestMean else { return }
      let floor = max(Double(low), Double(high) - Self.mostBins * width)
      start = Int((floor / width).rounded(.down))
      let bins = Int((Double(high) / width).rounded(.up)) - start + 2
      // Number and summed share of each bin, in two lists in turn, so that no addition waits for the one before.
      var sums = [SIMD2<Double>](repeating: SIMD2(), count: 2 * bins)
      let perWidth = 1 / width, first = Double(start), last = bins - 2
      sums.withUnsafeMutableBufferPointer { sums in
        var side = 0
        for mean in means {
          let place = max(0, (Double(mean) > floor ? Double(mean) : floor) * perWidth - first)
          let bin = min(Int(place), last)
          sums[2 * bin + side] += SIMD2(1, place - Double(bin))
          side = 1 - side
        }
      }
      counts = Array(repeating: 0, count: bins)
      for bin in 0..<bins - 1 {
        let both = sums[2 * bin] + sums[2 * bin + 1]
        counts[bin] += both[0] - both[1]
        counts[bin + 1] += both[1]
      }
    }

    var keys: Double { counts.reduce(0, +) }
  }

  private static let change = 5e-4
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
    // The mean of both is F to second order in the step, some 1e-7 of its curvature.
    let above = free(1 + change), below = free(1 - change)
    return (above + below) / 2 - (above - below) / (2 * change)
  }

  /// `F`, nats.
  private static func freeEnergy(_ means: Means, deviation: Double, multiplier: Double) -> Double {
    // A row of the table grows with σ², so nothing beyond the step of the derivative may reach it.
    let spread = min(multiplier * deviation, largestDeviation * (1 + 2 * change))
    let decay = LogisticDecay.row(deviation: spread)
    let width = means.width * multiplier
    guard let last = means.counts.lastIndex(where: { $0 > 0 }) else { return .nan }
    let top = Double(means.start + last) * width
    let first = max(0, last - Int(min(reach / width, Double(last))))
    // Σ_k n_k e^{(k − last)·width}, by Horner's rule.
    let fall = Double.exp(-width)
    let sum = means.counts[first...last].reduce(0) { $0 * fall + $1 }
    // Where the integrand changes sign, for many keys.
    let centre = -(top + .log(sum) + spread * spread / 2)
    // Steps are whole numbers of a part of a bin, so that all of them read one table of −ln Φ.
    let parts = max(1, Int((width / step).rounded(.up)))
    let fine = width / Double(parts), stride = max(1, Int(step / fine)), step = fine * Double(stride)
    var table = DecayTable(decay, origin: centre + Double(means.start + first) * width, spacing: fine)
    let counts = means.counts[first...last]
    func value(_ place: Int) -> Double {
      let lost = table.sum(counts, from: place * stride, every: parts)
      return .exp(-.exp(Double(place) * step)) - .exp(-lost)
    }
    var free = 0.0
    for direction in [1, -1] {
      var place = direction > 0 ? 0 : -1, small = 0
      while small < 4, abs(place) < 600 {
        let part = value(place)
        free += part
        small = abs(part) < 1e-11 ? small + 1 : 0
        place += direction
      }
    }
    return -centre + step * free
  }

  /// `−ln Φ` at `origin + index · spacing`, filled in as it is asked for, from 0 upwards and downwards.
  private struct DecayTable {
    private let row: LogisticDecay.Row
    private let origin: Double
    private let spacing: Double
    /// Values at 0, 1, 2 … and at −1, −2 ….
    private var above: [Double] = []
    private var below: [Double] = []

    init(_ row: LogisticDecay.Row, origin: Double, spacing: Double) {
      self.row = row
      self.origin = origin
      self.spacing = spacing
    }

    /// `Σ_k counts_k · value(start + k · stride)`.
    mutating func sum(_ counts: ArraySlice<Double>, from start: Int, every stride: Int) -> Double {
      let end = start + (counts.count - 1) * stride
      while above.count <= end { above.append(row.value(at: origin + Double(above.count) * spacing)) }
      while below.count < -start { below.append(row.value(at: origin - Double(below.count + 1) * spacing)) }
      var sum = 0.0, index = start
      counts.withUnsafeBufferPointer { counts in
        var k = 0
        while k < counts.count, index < 0 {
          sum += counts[k] * below[-1 - index]
          index += stride
          k += 1
        }
        above.withUnsafeBufferPointer { above in
          // Four sums side by side.
          var sums = SIMD4<Double>()
          while k + 4 <= counts.count {
            let numbers = SIMD4<Double>(counts[k], counts[k + 1], counts[k + 2], counts[k + 3])
            var values = SIMD4<Double>()
            for lane in 0..<4 { values[lane] = above[index + lane * stride] }
            sums += numbers * values
            index += 4 * stride
            k += 4
          }
          sum += sums.sum()
          while k < counts.count {
            sum += counts[k] * above[index]
            index += stride
            k += 1
          }
        }
      }
      return sum
    }
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
    let growths = samples.map { Double.exp(deviation * $0) }
    return (0...Int((high - low) / step)).map { point in
      let x = low + Double(point) * step
      if x + deviation * deviation < -18 { return x + deviation * deviation / 2 }
      let base = Double.exp(x)
      var missing = 0.0, kept = 0.0
      for (growth, weight) in zip(growths, weights) {
        let z = base * growth
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
