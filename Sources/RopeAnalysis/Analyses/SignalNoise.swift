import RealModule
import RopeMath

/// Signal against noise: scores of a key that matches its query and of keys that do not, by distance, and how likely the
/// matching one has the largest score of all.
///
/// Series: `mean`, `deviation` (each method) of the matched score, in standard deviations of a random one; `retrieval` (each
/// method): the chance that it wins among the keys of the target, with the same from sampled queries beside it
/// (`simulated`); each the mean over eight distances of a half octave, read off at its middle.
public enum SignalNoise: Analysis {
  public static let card = AnalysisCard(
    id: "signal-noise", title: "Chance that the right key wins", unit: "probability", xLabel: "Distance (tokens)",
    formula:
      "P(Δ) = E Φ(μ + s·g)^(n−1); for k = c·S q + η, S the slowest quarter of the pairs and what does not rotate: μ = c·[2a²Σ_S cos Δθ′_i + D − d]/√N, s² = 1 + c²·[4a⁴Σ_S cos² Δθ′_i + 2(D − d)]/N, N = a⁴d + D − d",
    caveat:
      "A model of one head that reads content, which slow pairs are found to carry; features are independent and Gaussian, there is one matching key, and the closed form takes its score as Gaussian too. Its strength c is set so that, as trained, it wins nine times in ten over the trained distances, or as often as any strength can. Temperature moves no winner. Unseen angles are not held against a method, and telling positions apart is another matter: slower rotation helps here and hurts there. Methods whose scores decay or change with distance have no value.",
    references: [
      .arXiv("2605.15514", "RoPE Distinguishes Neither Positions Nor Tokens in Long Contexts"),
      .arXiv("2410.06205", "Round and Round We Go!", "§5"),
    ])

  /// The mean chance over the trained distances that the match's strength is set for.
  public static let trainedChance = 0.9
  private static let distancesPerBin = 8
  private static let binsPerOctave = 2
  /// Every so many bins have a simulated point.
  private static let simulatedEvery = 4

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let target = context.targetLength
    let bins = distanceBins(to: target)
    let strength = strength(context)
    let samples = squaredNorms(context)
    var largest: [Int: LargestOf] = [:]
    var known: [Key: [Row]] = [:]
    return context.subjects.flatMap { subject -> [AnalysisSeries] in
      let plan = subject.plan
      guard plan.decayRates == nil, plan.normalisation == .softmax, plan.logitByDistance == nil else { return [] }
      let keys = plan.keyCount(query: target - 1)
      let field = largest[keys] ?? LargestOf(keys)
      largest[keys] = field
      let key =
        plan.readsTrueDistances && plan.visibility == .causal
        ? Key(frequencies: plan.inverseFrequencies, factor: plan.attentionFactor) : nil
      let match = Match(plan, strength: strength)
      let rows =
        key.flatMap { known[$0] }
        ?? bins.enumerated().map { index, bin in
          Row(
            bin, match, plan, field, samples: index.isMultiple(of: simulatedEvery) ? samples : [], query: target - 1)
        }
      if let key { known[key] = rows }
      func series(_ name: String, _ y: [Double], _ summary: [SummaryKey: Double] = [:]) -> AnalysisSeries {
        card.curve(name, x: bins.map(\.middle), y, method: subject.label, length: target, summary: summary)
      }
      let chances = rows.map(\.chance)
      let total = zip(bins, chances).reduce((0.0, 0.0)) { sum, entry in
        (sum.0 + entry.1 * entry.0.width, sum.1 + entry.0.width)
      }
      return [
        series(
          "retrieval", chances,
          [
            .strength: strength, .keys: Double(keys), .chanceAtTarget: chances.last ?? .nan,
            .meanChance: total.0 / total.1, .smallestChance: chances.min() ?? .nan,
          ]),
        series("mean", rows.map(\.mean)), series("deviation", rows.map(\.deviation)),
        card.simulated(
          zip(bins, rows).compactMap { bin, row in
            row.sampled.map { SimulatedPoint(x: bin.middle, mean: $0, closedForm: row.chance) }
          }, method: subject.label, length: target, context: context),
      ]
    }
  }

  /// `E max` of `keys` − 1 standard normals: the score that the right key has to beat, in deviations of a random one.
  public static func largestScore(keys: Double) -> Double { LargestOf(Int(max(1, min(keys, 0x1p52)))).mean }

  private struct Key: Hashable {
    let frequencies: [Double]
    let factor: Double
  }

  struct Bin {
    let distances: [Int]
    let middle: Double
    let width: Double
  }

  /// Half octaves of distances 1 ..< `target`, eight spread distances each.
  private static func distanceBins(to target: Int) -> [Bin] {
    let last = max(2, target - 1)
    let octaves = Double.log2(Double(last))
    let count = max(1, Int((octaves * Double(binsPerOctave)).rounded(.up)))
    func edge(_ index: Int) -> Double { .exp2(Double(index) * octaves / Double(count)) }
    return (0..<count).map { index in
      let from = edge(index), to = edge(index + 1)
      let distances = (0..<distancesPerBin).map { step -> Int in
        let share = (Double(step) + 0.5) / Double(distancesPerBin)
        return Int((from + (to - from) * share).rounded())
      }
      return Bin(distances: Set(distances).sorted(), middle: (from * to).squareRoot(), width: to - from)
    }
  }

  /// c for the trained plan at the trained length, by bisection of its logarithm.
  private static func strength(_ context: AnalysisContext) -> Double {
    let plan = context.baseline
    let largest = LargestOf(plan.keyCount(query: context.trainedLength - 1))
    let bins = distanceBins(to: context.trainedLength)
    let cosines = bins.map { bin in bin.distances.map { distance in Match(plan, strength: 1).cosines(Double(distance)) }
    }
    let width = bins.reduce(0) { $0 + $1.width }
    func chance(_ strength: Double) -> Double {
      let match = Match(plan, strength: strength)
      return zip(bins, cosines).reduce(0) { sum, entry in
        let own = entry.1.reduce(0) { sum, cosines in
          let moments = match.moments(cosines: cosines)
          return sum + largest.chance(mean: moments.mean, deviation: moments.deviation)
        }
        return sum + own / Double(entry.1.count) * entry.0.width / width
      }
    }
    var low = Double.log(0.05), high = Double.log(20)
    // Where no strength is enough, nine tenths of what the largest one gives.
    let wanted = min(trainedChance, 0.9 * chance(.exp(high)))
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if chance(.exp(middle)) < wanted { low = middle } else { high = middle }
    }
    return .exp(high)
  }

  /// Squared norms of each rotated pair, and of the other features by twos, of sampled queries.
  private static func squaredNorms(_ context: AnalysisContext) -> [[Double]] {
    let head = context.geometry.scoreDimension
    var sampler = GaussianSampler(seed: context.seed ^ 0x5369_676E_616C)
    return (0..<max(1, context.ensemble.sampleCount)).map { _ in
      let features = sampler.samples(head + head % 2).map(Double.init)
      return stride(from: 0, to: features.count, by: 2).map { place -> Double in
        let x = features[place], y = features[place + 1]
        return x * x + y * y
      }
    }
  }
}

extension SignalNoise {
  /// The largest of n − 1 independent standard normals: `Φ(x)^(n−1)` as a table.
  struct LargestOf {
    private static let step = 1.0 / 64
    private static let low = -9.0
    private static let count = 18 * 64 + 1
    private let table: [Double]

    init(_ keys: Int) {
      table = (0..<Self.count).map { place in
        let x = Self.low + Double(place) * Self.step
        let above = Double.erfc(x / 2.0.squareRoot()) / 2
        return above < 1 ? .exp(Double(max(0, keys - 1)) * .log(onePlus: -above)) : keys > 1 ? 0 : 1
      }
    }

    /// `∫ x dΦ^(n−1)`; 0 without another key.
    var mean: Double {
      zip(table, table.dropFirst()).enumerated().reduce(0) { sum, entry in
        sum + (Self.low + (Double(entry.offset) + 0.5) * Self.step) * (entry.element.1 - entry.element.0)
      }
    }

    private func value(at x: Double) -> Double {
      let place = (x - Self.low) / Self.step
      guard place > 0 else { return table[0] }
      guard place < Double(Self.count - 1) else { return table[Self.count - 1] }
      let index = Int(place)
      return table[index] + (place - Double(index)) * (table[index + 1] - table[index])
    }

    /// `E Φ(m + s·g)^(n−1)`: the chance that a score of mean m and deviation s is the largest, in deviations of the others.
    func chance(mean: Double, deviation: Double) -> Double {
      let step = 0.25
      var sum = 0.0
      for (place, weight) in Self.weights.enumerated() {
        sum += weight * value(at: mean + deviation * (Double(place) * step - 6))
      }
      return min(1, sum)
    }

    private static let weights: [Double] = (0...48).map {
      let x = Double($0) * 0.25 - 6
      return 0.25 * .exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    }
  }

  /// What a matching key of strength c scores under a plan, in deviations of a random key.
  struct Match {
    /// Frequencies of the pairs that carry the match, the slowest quarter, and where they begin.
    let frequencies: [Double]
    private let first: Int
    private let pairs: Int
    let strength: Double
    /// Features that do not rotate.
    private let rest: Double
    /// `a²`.
    private let factor: Double

    init(_ plan: RotaryPlan, strength: Double) {
      pairs = plan.pairCount
      first = pairs - (pairs + 3) / 4
      frequencies = Array(plan.inverseFrequencies[first...])
      self.strength = strength
      rest = Double(max(plan.geometry.scoreDimension, 2 * plan.pairCount) - 2 * plan.pairCount)
      factor = plan.attentionFactor * plan.attentionFactor
    }

    func cosines(_ distance: Double) -> [Double] { VectorFunctions.turns(frequencies.map { distance * $0 }).cosines }

    func moments(cosines: [Double]) -> (mean: Double, deviation: Double) {
      var sum = 0.0, squares = 0.0
      for cosine in cosines {
        sum += cosine
        squares += cosine * cosine
      }
      let noise = factor * factor * Double(2 * pairs) + rest
      let own = 4 * factor * factor * squares + 2 * rest
      return (
        strength * (2 * factor * sum + rest) / noise.squareRoot(), (1 + strength * strength * own / noise).squareRoot()
      )
    }

    /// The same for one sampled query, whose random keys have its own deviation.
    ///
    /// - Parameter norms: squared norms of each rotated pair, then of the other features.
    func moments(cosines: [Double], norms: [Double]) -> (mean: Double, deviation: Double) {
      var signal = 0.0, rotated = 0.0, other = 0.0
      for (index, norm) in norms.enumerated() {
        if index < pairs {
          rotated += norm
          if index >= first { signal += norm * cosines[index - first] }
        } else {
          other += norm
        }
      }
      return (strength * (factor * signal + other) / (factor * factor * rotated + other).squareRoot(), 1)
    }
  }

  /// One half octave of one method.
  struct Row {
    var chance = 0.0
    var mean = 0.0
    var deviation = 0.0
    var sampled: SampleMean?

    init(_ bin: Bin, _ match: Match, _ plan: RotaryPlan, _ largest: LargestOf, samples: [[Double]], query: Int) {
      var chances = Array(repeating: 0.0, count: samples.count)
      for distance in bin.distances {
        guard let effective = Self.effective(plan, query: query, distance: distance) else { continue }
        let cosines = match.cosines(effective)
        let moments = match.moments(cosines: cosines)
        chance += largest.chance(mean: moments.mean, deviation: moments.deviation)
        mean += moments.mean
        deviation += moments.deviation
        for (index, norms) in samples.enumerated() {
          let own = match.moments(cosines: cosines, norms: norms)
          chances[index] += largest.chance(mean: own.mean, deviation: own.deviation)
        }
      }
      let count = Double(max(1, bin.distances.count))
      chance /= count
      mean /= count
      deviation /= count
      if !samples.isEmpty { sampled = SampleMean(of: chances.map { $0 / count }) }
    }

    /// Nil for a key that the query does not see, which is never found.
    private static func effective(_ plan: RotaryPlan, query: Int, distance: Int) -> Double? {
      if plan.readsTrueDistances, plan.visibility == .causal { return Double(distance) }
      let key = query - distance
      guard key >= 0, plan.visibility.allows(query: query, key: key) else { return nil }
      return plan.effectiveDistance(query: query, key: key)
    }
  }
}

extension SummaryKey {
  /// Strength of the match and keys that compete; chance that the match scores above all of them, over distances.
  public static let strength = Self("strength"), keys = Self("keys"), chanceAtTarget = Self("chance_at_target"),
    meanChance = Self("mean_chance"), smallestChance = Self("smallest_chance")
}
