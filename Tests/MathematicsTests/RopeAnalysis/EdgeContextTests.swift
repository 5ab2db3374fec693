import RopeAnalysis
import RopeMath
import Testing

/// Shortest and longest lengths, small heads, partial rotation: nothing traps, and every curve is whole.
@Suite struct EdgeContextTests {
  @Test(arguments: [(1, 1), (1, 64), (2, 3), (4096, 4096), (8192, 4096), (4096, 1 << 40)])
  func newAnalysesDoNotTrap(trained: Int, target: Int) throws {
    for (head, rotary) in [(8, 8), (8, 2), (64, 16)] {
      // Methods that have no meaning here are left out.
      let methods = ["none", "linear", "yarn", "dynamic", "self-extend", "lm-infinite"].filter { method in
        (try? AttentionTestContext.make(
          methods: [method], head: head, rotary: rotary, base: 1e4, trained: trained, target: target)) != nil
      }
      let context = try AttentionTestContext.make(
        methods: methods, head: head, rotary: rotary, base: 1e4,
        trained: trained, target: target, ensemble: AttentionEnsemble(logitDeviation: 2, meanLogit: 4, sampleCount: 4))
      let analyses: [any Analysis.Type] = [
        ExposureMap.self, SignalNoise.self, AdviceStability.self, ReachCost.self, Coverage.self,
      ]
      // Dynamic methods rotate every key anew, which takes its time at 2^40 tokens.
      for analysis in analyses + (target < 1 << 20 ? [CacheHazard.self] : []) {
        for series in analysis.run(context) {
          #expect(series.x.count == series.y.count, "\(analysis.card.id)")
          #expect(series.lower.isEmpty || series.lower.count == series.x.count, "\(analysis.card.id)")
        }
      }
    }
  }
}
