import RealModule
import RopeMath

/// What stale keys do to attention: how much weight lands on other keys than it would with a cache that is rotated anew.
///
/// Series: `moved_weight` (each method whose frequencies change within a session) against the position of the query:
/// ½ Σ |w_stale − w_fresh|, the mean over sampled queries, with one standard error.
public enum CacheHazard: Analysis {
  public static let card = AnalysisCard(
    id: "cache-hazard", title: "Attention moved by stale keys", unit: "share of the weight",
    xLabel: "position of the query (tokens)",
    formula: "½ Σ_r |w_stale(r) − w_fresh(r)|; stale: key r rotated by θ′(max(r + 1, L0)), as its cache entry was written; fresh: by θ′(p + 1)",
    caveat: "Queries and keys with a mean in each pair, 256 keys spread evenly with a random offset; a real model may hold its means elsewhere. The prompt is as long as the trained length; what follows is decoded token by token.",
    references: [Reference("transformers", source: "issue 25104", url: "https://github.com/huggingface/transformers/issues/25104")])

  private static let keyCount = 256
  /// A share of the weight that a reader of the output would notice.
  static let noticeable = 0.01

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength
    guard context.targetLength > trained else { return [] }
    let span = context.targetLength - trained
    let queries = Set([trained + 1] + (1...6).map { trained + span * $0 / 6 }).filter { $0 <= context.targetLength }.sorted()
    let moving = context.subjects.filter { $0.plan.cachedKeys.changesWithLength }
    // All methods and lengths share the same queries and keys.
    let features = 2 * (moving.map(\.plan.pairCount).max() ?? 0)
    var sampler = GaussianSampler(seed: context.seed ^ 0x4361_6368_6548_617A)
    let noise = moving.isEmpty ? [] : (0..<context.ensemble.sampleCount).map { _ in sampler.samples(features * (1 + keyCount)) }
    var samples: [Int: [Sample]] = [:]
    return moving.compactMap { subject in
      let pairs = subject.plan.pairCount
      let own = samples[pairs] ?? noise.map { Sample($0, pairs: pairs) }
      samples[pairs] = own
      let points = queries.compactMap { length -> (Int, SampleMean)? in
        moved(subject.method, length: length, own, pairs: pairs, context).map { (length, $0) }
      }
      guard !points.isEmpty else { return nil }
      return AnalysisSeries(
        name: card.id, series: "moved_weight", title: card.title, unit: card.unit, method: subject.label,
        length: context.targetLength, x: points.map { Double($0.0) }, y: points.map(\.1.mean),
        lower: points.map { $0.1.mean - $0.1.standardError }, upper: points.map { $0.1.mean + $0.1.standardError },
        summary: [
          "moved_weight_at_target": points.last?.1.mean ?? .nan,
          "first_length_noticed": points.first { $0.1.mean > noticeable }.map { Double($0.0) } ?? .nan,
          "sample_count": Double(context.ensemble.sampleCount), "seed": Double(context.seed),
        ])
    }
  }

  /// - Parameter length: tokens in context; the query is the last of them.
  private static func moved(
    _ method: BoundMethod, length: Int, _ samples: [Sample], pairs: Int, _ context: AnalysisContext
  ) -> SampleMean? {
    guard let fresh = try? method.plan(length: length), fresh.pairCount == pairs else { return nil }
    let p = length - 1, count = min(keyCount, length)
    var offsets = SeededGenerator(seed: context.seed ^ UInt64(truncatingIfNeeded: length))
    let keys = (0..<count).map { slot -> Int in
      let from = slot * length / count, to = (slot + 1) * length / count
      return from + Int(Double(max(1, to - from)) * offsets.nextUniform())
    }
    // What a pair of keys turns by, pair by pair.
    var table = Array(repeating: Turns(), count: (count + 1) / 2 * pairs)
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
      for (i, (now, before)) in zip(fresh.inverseFrequencies, then.inverseFrequencies).enumerated() {
        table[slot / 2 * pairs + i].set(
          slot % 2, fresh: Double(p - r) * now, stale: Double(p) * now - Double(r) * before,
          size: fresh.decayRates.map { .exp(-Double(p - r) * $0[i]) } ?? 1)
      }
    }
    let means = PairMeans(context.ensemble, plan: fresh)
    let factor = fresh.logitFactor(query: p) / means.headDimension.squareRoot()
    return SampleMean(
      of: samples.map { sample in
        let logits = logits(sample, table, means, pairs: pairs)
        let fresh = softmax(logits.prefix(count).map { factor * $0.x })
        let stale = softmax(logits.prefix(count).map { factor * $0.y })
        return zip(fresh, stale).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
      })
  }

  /// Logits of a sampled query on all of its keys, with the fresh and the stale cache, before the method's factor; two
  /// keys at a time.
  private static func logits(
    _ sample: Sample, _ table: [Turns], _ means: PairMeans, pairs: Int
  ) -> [SIMD2<Double>] {
    let keyMean = SIMD2<Double>(repeating: means.sign * means.mean)
    let query = (0..<pairs).map { i in
      SIMD2(
        means.mean + means.spread * Double(sample.query[2 * i]), means.spread * Double(sample.query[2 * i + 1]))
    }
    var logits: [SIMD2<Double>] = []
    logits.reserveCapacity(2 * table.count / max(1, pairs))
    table.withUnsafeBufferPointer { table in
      sample.keys.withUnsafeBufferPointer { keys in
        query.withUnsafeBufferPointer { query in
          for first in stride(from: 0, to: table.count, by: max(1, pairs)) {
            var fresh = SIMD2<Double>(), stale = fresh
            for i in 0..<pairs {
              let noise = keys[first + i], turns = table[first + i], q = query[i]
              let x = keyMean + means.spread * SIMD2(Double(noise[0]), Double(noise[1]))
              let y = means.spread * SIMD2(Double(noise[2]), Double(noise[3]))
              let even = q.x * x + q.y * y, odd = q.x * y - q.y * x
              fresh += even * turns.freshCosines + odd * turns.freshSines
              stale += even * turns.staleCosines + odd * turns.staleSines
            }
            logits.append(SIMD2(fresh.x, stale.x))
            logits.append(SIMD2(fresh.y, stale.y))
          }
        }
      }
    }
    return logits
  }

  /// Cosines and sines of one pair's angles between the query and two keys, for the fresh and the stale cache.
  private struct Turns {
    var freshCosines = SIMD2<Double>()
    var freshSines = SIMD2<Double>()
    var staleCosines = SIMD2<Double>()
    var staleSines = SIMD2<Double>()

    /// - Parameter size: what decay leaves of the pair's part, the same for both caches.
    mutating func set(_ lane: Int, fresh: Double, stale: Double, size: Double) {
      freshCosines[lane] = size * .cos(fresh)
      freshSines[lane] = size * .sin(fresh)
      staleCosines[lane] = size * .cos(stale)
      staleSines[lane] = size * .sin(stale)
    }
  }

  /// Standard normals of a query and its keys.
  private struct Sample {
    /// Feature by feature.
    var query: [Float]
    /// Two keys after another, pair by pair: the pair's first feature of both keys, then its second.
    var keys: [SIMD4<Float>]

    init(_ noise: [Float], pairs: Int) {
      query = Array(noise.prefix(2 * pairs))
      keys = (0..<keyCount / 2 * pairs).map { place in
        let first = 2 * ((2 * (place / pairs) + 1) * pairs + place % pairs), second = first + 2 * pairs
        return SIMD4(noise[first], noise[second], noise[first + 1], noise[second + 1])
      }
    }
  }

  private static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = logits.map { Double.exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
