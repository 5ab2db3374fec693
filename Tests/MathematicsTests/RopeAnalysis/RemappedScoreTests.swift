import RealModule
import RopeAnalysis
import RopeMath
import Testing

/// Scores of methods that re-map distances or let them decay, against sums over every whole distance.
@Suite struct RemappedScoreTests {
  /// Computed with numpy from `B′(φ(L − 1, r))` over every visible key of the newest token.
  @Test(arguments: [
    ("lm-infinite", 1e4, 128, 4096, 32_768, 1707.0), ("self-extend", 1e4, 128, 4096, 32_768, 8535),
    ("dca", 1e4, 128, 4096, 32_768, 1707), ("leaky-rerope", 1e4, 128, 4096, 32_768, 19_617),
    ("lm-infinite", 1e6, 128, 32_768, 131_072, 27_115), ("self-extend", 1e6, 128, 32_768, 131_072, 121_724),
    ("dca", 1e6, 128, 32_768, 131_072, .nan),
    ("lm-infinite", 1e5, 64, 8192, 16_384, 3616), ("dca", 1e5, 64, 8192, 16_384, 3616),
    ("self-extend", 1e5, 64, 8192, 16_384, 6748),
  ])
  func firstSignChange(
    method: String, base: Double, head: Int, trained: Int, target: Int, expected: Double
  ) throws {
    let context = try AttentionTestContext.make(
      methods: [method], head: head, base: base, trained: trained, target: target)
    let found = try #require(summary(context, method)[.firstSignChange])
    #expect(found == expected || found.isNaN && expected.isNaN, "\(method): \(found)")
  }

  /// The search by bands against the score of every visible key, one by one.
  @Test(arguments: [
    "lm-infinite", "self-extend", "dca", "leaky-rerope:step=7", "rerope", "xpos", "xpos+self-extend", "xpos+dca",
  ])
  func searchMeetsEveryKey(method: String) throws {
    let target = 5000
    let context = try AttentionTestContext.make(
      methods: [method], head: 64, rotary: 48, base: 100, trained: 1024, target: target)
    let plan = context.subjects[0].plan
    func score(_ distance: Double) -> Double {
      let rotated = plan.inverseFrequencies.enumerated().reduce(0.0) { sum, pair in
        sum + Double.exp(-distance * (plan.decayRates?[pair.offset] ?? 0)) * .cos(distance * pair.element)
      }
      return (2 * rotated + 16) / 64
    }
    let seen = (0..<target).filter { plan.visibility.allows(query: target - 1, key: target - 1 - $0) }
    let scores = try seen.map { distance in
      score(try #require(plan.effectiveDistance(query: target - 1, key: target - 1 - distance)))
    }
    let found = try summary(context, method)
    let first = scores.firstIndex { $0 < 0 }
    #expect(found[.firstSignChange].flatMap { $0.isNaN ? nil : Int($0) } == first.map { seen[$0] })
    if let first {
      let best = scores[(first + 1)...].max() ?? .nan
      #expect(abs((found[.largestCollision] ?? .nan) - best) < 1e-5)
    }
  }

  /// XPos on Llama-2's head at 32k, by numpy: B′(1707) and the first negative distance.
  @Test func decayCountsInScores() throws {
    let context = try AttentionTestContext.make(
      methods: ["xpos", "none"], base: 1e4, trained: 4096, target: 32_768)
    #expect(try summary(context, "xpos")[.firstSignChange] == 8819)
    #expect(try summary(context, "none")[.firstSignChange] == 1707)
    let bound = try #require(BaseBound.run(context).first { $0.method == "xpos" })
    #expect(bound.summary[.firstSignChange] == 8819)
    let short = try AttentionTestContext.make(methods: ["xpos"], base: 1e4, trained: 1024, target: 1708)
    #expect(abs((try summary(short, "xpos")[.scoreAtTarget] ?? 0) - 0.0999) < 5e-5)
  }

  /// 3,000 rows of 4,096 keys in numpy gave 7.538 ± 0.004 nats, 600 of 32,768 gave 10.194 ± 0.003; without decay
  /// 6.351 and 8.403.
  @Test func decayFlattensAttention() throws {
    let context = try AttentionTestContext.make(
      methods: ["xpos"], base: 1e4, trained: 4096, target: 32_768, ensemble: AttentionEnsemble(sampleCount: 2))
    let curve = try #require(
      AttentionEntropy.run(context).first { $0.method == "xpos" && $0.series == "closed_form" })
    for (length, expected) in [(4096.0, 7.538), (32_768, 10.194)] {
      let index = try #require(curve.x.firstIndex(of: length))
      #expect(abs(curve.y[index] - expected) < 0.012, "\(length): \(curve.y[index])")
    }
    #expect(PositionalEntropy.run(context).first { $0.method == "xpos" }?.y.allSatisfy(\.isNaN) == true)
  }

  private func summary(_ context: AnalysisContext, _ method: String) throws -> [SummaryKey: Double] {
    try #require(ScoreByDistance.run(context).first { $0.method == method && $0.series == "closed_form" }).summary
  }
}
