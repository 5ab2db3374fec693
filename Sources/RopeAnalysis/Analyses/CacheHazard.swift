import CSimulationLoops
import RealModule
import RopeMath

/// What stale keys do to attention: how far its output is from what a cache that is rotated anew would give.
///
/// Series, each method whose frequencies change within a session, against the number of tokens decoded after a prompt of the
/// trained length, over the first tenth of the growth: `output_error`, the size of the error relative to the output,
/// `√(Σ_r (w_stale − w_fresh)²/Σ_r w_fresh²)` for values that are independent of one another; `moved_weight`,
/// `½ Σ_r |w_stale − w_fresh|`, which any wrong phase takes to about three quarters. Means over sampled queries with one
/// standard error.
public enum CacheHazard: Analysis {
  public static let isLong = true
  public static let card = AnalysisCard(
    id: "cache-hazard", title: "Attention changed by stale keys",
    unit: "share of the output's size; share of the weight",
    xLabel: "tokens decoded after the prompt",
    formula:
      "√(Σ_r (w_stale(r) − w_fresh(r))²/Σ_r w_fresh(r)²) and ½ Σ_r |w_stale(r) − w_fresh(r)|; stale: key r rotated by θ′(max(r + 1, L0)), as its cache entry was written; fresh: by θ′(p + 1)",
    caveat:
      "Queries and keys with a mean in each pair, 256 keys spread evenly with a random offset, values independent of one another; a real model may hold its means elsewhere. The prompt is as long as the trained length; what follows is decoded token by token.",
    references: [
      Reference("transformers", source: "issue 25104", url: "https://github.com/huggingface/transformers/issues/25104")
    ])

  private static let keyCount = 256
  /// A share of the weight that a reader of the output would notice.
  static let noticeable = 0.01
  /// An error of the output that is no longer small against it.
  public static let largeError = 0.1

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength
    guard context.targetLength > trained else { return [] }
    let span = context.targetLength - trained
    let first = max(1, span / 10)
    let steps = LengthGrid.powersOfTwo(from: 1, to: first, including: [first]).filter {
      $0 == first || $0.trailingZeroBitCount.isMultiple(of: 2)
    }
    let moving = context.subjects.filter { $0.plan.cachedKeys.changesWithLength }
    // All methods and lengths share the same queries and keys.
    let features = 2 * (moving.map(\.plan.pairCount).max() ?? 0)
    var sampler = GaussianSampler(seed: context.seed ^ 0x4361_6368_6548_617A)
    let noise =
      moving.isEmpty ? [] : (0..<context.ensemble.sampleCount).map { _ in sampler.samples(features * (1 + keyCount)) }
    var samples: [SampleKey: [Sample]] = [:]
    return moving.flatMap { subject -> [AnalysisSeries] in
      let means = PairMeans(context.ensemble, plan: subject.plan)
      let key = SampleKey(pairs: means.pairs, headDimension: means.headDimension)
      let own = samples[key] ?? noise.map { Sample($0, means) }
      samples[key] = own
      let points = steps.compactMap { step in
        changed(subject.method, length: trained + step, own, means, context).map { (step: step, change: $0) }
      }
      guard !points.isEmpty else { return [] }
      let atTarget = changed(subject.method, length: context.targetLength, own, means, context)
      func series(_ name: String, _ value: KeyPath<Change, SampleMean>, _ summary: [SummaryKey: Double])
        -> AnalysisSeries
      {
        let values = points.map { $0.change[keyPath: value] }
        return AnalysisSeries(
          name: card.id, series: name, title: card.title, unit: card.unit, method: subject.label,
          length: context.targetLength, x: points.map { Double($0.step) }, y: values.map(\.mean),
          lower: values.map { $0.mean - $0.standardError }, upper: values.map { $0.mean + $0.standardError },
          summary: summary.merging([
            .sampleCount: Double(context.ensemble.sampleCount), .seed: Double(context.seed),
          ]) { $1 })
      }
      return [
        series(
          "output_error", \.error,
          [
            .outputErrorAtTenth: points.last?.change.error.mean ?? .nan,
            .outputErrorAtTarget: atTarget?.error.mean ?? .nan,
            .firstStepLarge: points.first { $0.change.error.mean > largeError }.map { Double($0.step) } ?? .nan,
          ]),
        series(
          "moved_weight", \.moved,
          [
            .movedWeightAtTarget: atTarget?.moved.mean ?? .nan,
            .firstLengthNoticed: points.first { $0.change.moved.mean > noticeable }.map { Double(trained + $0.step) }
              ?? .nan,
          ]),
      ]
    }
  }

  private struct SampleKey: Hashable {
    let pairs: Int
    let headDimension: Double
  }

  private struct Change {
    var error: SampleMean
    var moved: SampleMean
  }

  /// - Parameter length: tokens in context; the query is the last of them.
  private static func changed(
    _ method: BoundMethod, length: Int, _ samples: [Sample], _ means: PairMeans, _ context: AnalysisContext
  ) -> Change? {
    let pairs = means.pairs
    guard let fresh = try? method.plan(length: length), fresh.pairCount == pairs else { return nil }
    let p = length - 1, count = min(keyCount, length)
    var offsets = SeededGenerator(seed: context.seed ^ UInt64(truncatingIfNeeded: length))
    let keys = (0..<count).map { slot -> Int in
      let from = slot * length / count, to = (slot + 1) * length / count
      return from + Int(Double(max(1, to - from)) * offsets.nextUniform())
    }
    // What a pair of two keys turns by: cosines and sines of both for the fresh cache, then for the stale one.
    var table = [Float](repeating: 0, count: 8 * ((count + 1) / 2 * pairs))
    var then = fresh
    for (slot, r) in keys.enumerated() {
      let written = max(r + 1, context.trainedLength)
      // Keys of the prompt were all written under one plan.
      if written >= length {
        then = fresh
      } else if written != then.length {
        guard let plan = try? method.plan(length: written), plan.pairCount == pairs else { return nil }
        then = plan
      }
      let now = VectorFunctions.turns(fresh.inverseFrequencies.map { Double(p - r) * $0 })
      let before =
        then.inverseFrequencies == fresh.inverseFrequencies
        ? now
        : VectorFunctions.turns(
          zip(fresh.inverseFrequencies, then.inverseFrequencies).map { Double(p) * $0 - Double(r) * $1 })
      for i in 0..<pairs {
        let size = fresh.decayRates.map { Double.exp(-Double(p - r) * $0[i]) } ?? 1
        let place = 8 * (slot / 2 * pairs + i) + slot % 2
        table[place] = Float(size * now.cosines[i])
        table[place + 2] = Float(size * now.sines[i])
        table[place + 4] = Float(size * before.cosines[i])
        table[place + 6] = Float(size * before.sines[i])
      }
    }
    let factor = Float(fresh.logitFactor(query: p) / means.headDimension.squareRoot())
    var change = Change(error: SampleMean(), moved: SampleMean())
    for sample in samples {
      let (fresh, stale) = sample.weights(table, pairs: pairs, count: count, factor: factor)
      var moved = 0.0, squared = 0.0, whole = 0.0
      for (new, old) in zip(fresh, stale) {
        moved += abs(new - old)
        squared += (new - old) * (new - old)
        whole += new * new
      }
      change.moved.add(moved / 2)
      change.error.add((squared / whole).squareRoot())
    }
    return change
  }

  /// One query and its keys: for each two keys and pair, what cosine and sine of the angle between them are multiplied by.
  private struct Sample {
    /// Of both keys for the cosine, then for the sine; pair by pair.
    private let products: [Float]

    /// - Parameter noise: standard normals, feature by feature: the query's, then each key's.
    init(_ noise: [Float], _ means: PairMeans) {
      let pairs = means.pairs, mean = Float(means.mean), spread = Float(means.spread),
        keyMean = Float(means.sign) * mean
      let count = 2 * keyCount * pairs
      products = [Float](unsafeUninitializedCapacity: count) { products, filled in
        for place in 0..<keyCount / 2 * pairs {
          let pair = place % pairs
          let qx = mean + spread * noise[2 * pair], qy = spread * noise[2 * pair + 1]
          let first = 2 * ((2 * (place / pairs) + 1) * pairs + pair), second = first + 2 * pairs
          let x0 = keyMean + spread * noise[first], y0 = spread * noise[first + 1]
          let x1 = keyMean + spread * noise[second], y1 = spread * noise[second + 1]
          products.initializeElement(at: 4 * place, to: qx * x0 + qy * y0)
          products.initializeElement(at: 4 * place + 1, to: qx * x1 + qy * y1)
          products.initializeElement(at: 4 * place + 2, to: qx * y0 - qy * x0)
          products.initializeElement(at: 4 * place + 3, to: qx * y1 - qy * x1)
        }
        filled = count
      }
    }

    /// Weights over the first `count` keys, with the fresh and the stale cache.
    func weights(_ table: [Float], pairs: Int, count: Int, factor: Float) -> (fresh: [Double], stale: [Double]) {
      let groups = table.count / max(1, 8 * pairs)
      var fresh = [Float](repeating: 0, count: 2 * groups), stale = fresh
      simulation_pair_logits(products, table, groups, pairs, factor, &fresh, &stale)
      return (softmax(fresh.prefix(count)), softmax(stale.prefix(count)))
    }
  }

  private static func softmax(_ logits: ArraySlice<Float>) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = VectorFunctions.exp(logits.map { $0 - largest })
    let sum = weights.reduce(0) { $0 + Double($1) }
    return weights.map { Double($0) / sum }
  }
}

extension SummaryKey {
  /// Share of the output's size, at the end of the first tenth of the growth and at the target; the first step, in tokens,
  /// with a large one.
  public static let outputErrorAtTenth = Self("output_error_at_tenth"),
    outputErrorAtTarget = Self("output_error_at_target"), firstStepLarge = Self("first_step_large")
  /// Share of the weight that is moved at the target; tokens in context where it is first noticed.
  public static let movedWeightAtTarget = Self("moved_weight_at_target"),
    firstLengthNoticed = Self("first_length_noticed")
}
