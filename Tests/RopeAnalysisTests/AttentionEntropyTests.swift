import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct AttentionEntropyTests {
  static let methods = ["none", "linear", "ntk", "dynamic", "yarn", "logn", "yarn+logn"]

  @Test func simulationMeetsClosedForm() throws {
    let context = try AttentionTestContext.make(methods: Self.methods)
    let clock = ContinuousClock()
    var series: [AnalysisSeries] = []
    let time = clock.measure { series = AttentionEntropy.run(context) }
    print("attention-entropy: \(time)")
    for simulated in series where simulated.series == "simulated" {
      let worst = simulated.summary["worst_standard_errors"] ?? .infinity
      print(simulated.method, worst, simulated.summary["worst_difference"] ?? .nan)
      #expect(worst < 4, "\(simulated.method): \(worst)")
    }
    let yarn = try #require(series.first { $0.method == "yarn" && $0.series == "closed_form" })
    print(yarn.summary)
    let expected = GaussianEntropy(deviation: 2 * 1.138629436 * 1.138629436).entropy(keys: 131_072)
    #expect(abs((yarn.summary["entropy_at_target"] ?? .nan) - expected) < 1e-7)
  }
}
