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
    let samples = moving.isEmpty ? [] : (0..<context.ensemble.sampleCount).map { _ in sampler.samples(features * (1 + keyCount)) }
    return moving.compactMap { subject in
      let points = queries.compactMap { length -> (Int, SampleMean)? in
        moved(subject.method, length: length, samples, context).map { (length, $0) }
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
    _ method: BoundMethod, length: Int, _ samples: [[Float]], _ context: AnalysisContext
  ) -> SampleMean? {
    guard let fresh = try? method.plan(length: length) else { return nil }
    let p = length - 1, count = min(keyCount, length)
    var offsets = SeededGenerator(seed: context.seed ^ UInt64(truncatingIfNeeded: length))
    let keys = (0..<count).map { slot -> Int in
      let from = slot * length / count, to = (slot + 1) * length / count
      return from + Int(Double(max(1, to - from)) * offsets.nextUniform())
    }
    // Cosines and sines of each pair's angle between query and key, for the fresh and the stale cache.
    let pairs = fresh.pairCount
    var table: [(cosines: SIMD2<Double>, sines: SIMD2<Double>)] = []
    table.reserveCapacity(count * pairs)
    var then = fresh
    for r in keys {
      let written = max(r + 1, context.trainedLength)
      // Keys of the prompt were all written under one plan.
      if written >= length {
        then = fresh
      } else if written != then.length {
        guard let plan = try? method.plan(length: written), plan.pairCount == pairs else { return nil }
        then = plan
      }
      for (now, before) in zip(fresh.inverseFrequencies, then.inverseFrequencies) {
        let angles = (Double(p - r) * now, Double(p) * now - Double(r) * before)
        table.append((SIMD2(.cos(angles.0), .cos(angles.1)), SIMD2(.sin(angles.0), .sin(angles.1))))
      }
    }
    let means = PairMeans(context.ensemble, plan: fresh)
    let factor = fresh.logitFactor(query: p) / means.headDimension.squareRoot()
    return SampleMean(
      of: samples.map { noise in
        let query = vector(noise.prefix(2 * pairs), means, sign: 1)
        var logits = (fresh: [Double](), stale: [Double]())
        noise.withUnsafeBufferPointer { noise in
          for slot in 0..<count {
            var sums = SIMD2<Double>()
            for i in 0..<pairs {
              let first = 2 * ((slot + 1) * pairs + i), turn = table[slot * pairs + i]
              let q = query[i], k = feature(noise[first], noise[first + 1], means, sign: means.sign)
              let even = q.x * k.x + q.y * k.y, odd = q.x * k.y - q.y * k.x
              sums += even * turn.cosines + odd * turn.sines
            }
            logits.fresh.append(factor * sums.x)
            logits.stale.append(factor * sums.y)
          }
        }
        return zip(softmax(logits.fresh), softmax(logits.stale)).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
      })
  }

  /// One sampled vector, pair by pair.
  private static func vector(_ noise: ArraySlice<Float>, _ means: PairMeans, sign: Double) -> [SIMD2<Double>] {
    stride(from: noise.startIndex, to: noise.endIndex - 1, by: 2).map {
      feature(noise[$0], noise[$0 + 1], means, sign: sign)
    }
  }

  /// One pair of a vector: the mean on its first feature.
  @inline(__always)
  private static func feature(_ first: Float, _ second: Float, _ means: PairMeans, sign: Double) -> SIMD2<Double> {
    SIMD2(sign * means.mean + means.spread * Double(first), means.spread * Double(second))
  }

  private static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = logits.map { Double.exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
