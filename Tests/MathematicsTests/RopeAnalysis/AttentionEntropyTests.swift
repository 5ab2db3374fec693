import RealModule
import RopeAnalysis
import RopeMath
import RopeTestSupport
import Testing

@Suite struct AttentionEntropyTests {
  static let methods = ["none", "linear", "ntk", "dynamic", "yarn", "logn", "yarn+logn"]

  @Test func simulationMeetsClosedForm() throws {
    let context = try AttentionTestContext.make(methods: Self.methods)
    let series = AttentionEntropy.run(context)
    for simulated in series where simulated.series == "simulated" {
      let worst = simulated.summary[.worstStandardErrors] ?? .infinity
      #expect(worst < 4, "\(simulated.method): \(worst)")
    }
    let yarn = try #require(series.first { $0.method == "yarn" && $0.series == "closed_form" })
    let expected = GaussianEntropy(deviation: 2 * 1.138629436 * 1.138629436).entropy(keys: 131_072)
    #expect(abs((yarn.summary[.entropyAtTarget] ?? .nan) - expected) < 1e-7)
  }

  /// Isotropic queries of a fixed length, Gaussian keys, every key rotated at its own position: the closed form holds
  /// whatever the rotation, also where a part of the head does not rotate.
  @Test(arguments: [(32, 32, "none"), (32, 32, "yarn"), (32, 16, "yarn"), (16, 16, "linear+logn")])
  func directRotaryAttentionMeetsClosedForm(head: Int, rotary: Int, method: String) throws {
    let sigma = 2.0, keys = 512
    let context = try AttentionTestContext.make(
      methods: [method], head: head, rotary: rotary, base: 1e4, trained: 128, target: 1024)
    let curve = try #require(AttentionEntropy.run(context).first { $0.method == method && $0.series == "closed_form" })
    let plan = try context.subjects[0].method.plan(length: keys)
    var sampler = GaussianSampler(seed: 5)
    var mean = SampleMean()
    for _ in 0..<400 {
      mean.add(DirectAttention.isotropicEntropy(keys: keys, plan: plan, deviation: sigma, sampler: &sampler))
    }
    let expected = curve.y[try #require(curve.x.firstIndex(of: Double(keys)))]
    let apart = abs(mean.mean - expected) / mean.standardError
    #expect(apart < 4, "\(mean.mean) ± \(mean.standardError) against \(expected)")
  }
}
