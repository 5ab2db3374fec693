import RealModule
import RopeAnalysis
import RopeMath
import RopeTestSupport
import Testing

@Suite struct PositionalEntropyTests {
  /// With many samples the approximation's own error shows: a few hundredths of a nat, more only where YaRN ×8 sharpens
  /// short rows beyond its second order.
  @Test(arguments: [(1e6, 32_768, 131_072, 128), (1e4, 4096, 32_768, 128), (1e5, 8192, 16_384, 64)])
  func approximationStaysNearSimulation(base: Double, trained: Int, target: Int, head: Int) throws {
    let context = try AttentionTestContext.make(
      methods: ["none", "linear", "yarn", "logn"], head: head, base: base, trained: trained,
      target: target, ensemble: AttentionEnsemble(sampleCount: 1024))
    for curve in PositionalEntropy.run(context) where curve.series == "simulated" {
      let worst = try #require(curve.summary[.worstDifference])
      #expect(worst < (curve.method == "yarn" ? 0.2 : 0.03), "\(curve.method): \(worst)")
      let last = try #require(curve.y.last), closed = try #require(curve.closedForm.last)
      #expect(abs(last - closed) < 0.03, "\(curve.method) at \(curve.x.last ?? 0): \(last) against \(closed)")
    }
  }

  /// Queries and keys sampled feature by feature, rotated each at its own position and multiplied, against the shortcut
  /// that draws the keys' noise as one Gaussian for each key.
  @Test(arguments: [(32, 32, 0.0, "none"), (32, 32, 4.0, "none"), (32, 16, 3.0, "yarn"), (16, 16, 4.0, "linear")])
  func directRotaryAttentionMeetsShortcut(head: Int, rotary: Int, meanLogit: Double, method: String) throws {
    let samples = 600, keys = 256
    let ensemble = AttentionEnsemble(logitDeviation: 2, meanLogit: meanLogit, sampleCount: samples)
    let context = try AttentionTestContext.make(
      methods: [method], head: head, rotary: rotary, base: 1e4, trained: 256, target: 1024, ensemble: ensemble)
    let simulated = try #require(
      PositionalEntropy.run(context).first { $0.method == method && $0.series == "simulated" })
    let index = try #require(simulated.x.firstIndex(of: Double(keys)))
    let plan = try context.subjects[0].method.plan(length: keys)
    var sampler = GaussianSampler(seed: 99)
    var mean = SampleMean()
    for _ in 0..<samples {
      mean.add(DirectAttention.entropy(keys: keys, plan: plan, ensemble: ensemble, sampler: &sampler))
    }
    let error = simulated.y[index] - simulated.lower[index]
    let together = (error * error + mean.standardError * mean.standardError).squareRoot()
    let apart = abs(simulated.y[index] - mean.mean) / together
    #expect(apart < 4, "direct \(mean.mean) ± \(mean.standardError), shortcut \(simulated.y[index]) ± \(error)")
  }

  @Test func seedDecidesResult() throws {
    func run(_ seed: UInt64) throws -> [AnalysisSeries] {
      let context = try AttentionTestContext.make(methods: ["none", "dynamic"], target: 4096, seed: seed)
      return PositionalEntropy.run(context) + AttentionEntropy.run(context)
    }
    let first = try run(1), again = try run(1), other = try run(2)
    #expect(first.map(\.y) == again.map(\.y))
    #expect(first.map(\.y) != other.map(\.y))
  }
}
