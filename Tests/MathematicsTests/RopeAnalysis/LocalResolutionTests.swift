import RopeAnalysis
import RopeMath
import Testing

@Suite struct LocalResolutionTests {
  typealias Models = FrequencyTestContext

  @Test(arguments: [(Models.qwen, "linear", 0.0625), (Models.qwen, "ntk", 0.926), (Models.qwen, "yarn", 1.0)])
  func resolutionKeptMeetsPublishedValues(model: Models.Model, method: String, expected: Double) throws {
    let series = LocalResolution.run(try Models.make(model, [method]))
    #expect(abs(try Models.value(series, .resolutionKept, of: method) - expected) < 5e-4)
  }

  /// Neighbour distinguishability of Llama-2: PI 0.0653, NTK 0.885, YaRN 0.9995 at ×4; 0.0164, 0.838, 0.9994 at ×8.
  @Test(arguments: [
    (4, "linear", 0.0653), (4, "ntk", 0.885), (4, "yarn", 0.9995), (8, "linear", 0.0164), (8, "ntk", 0.838),
    (8, "yarn", 0.9994),
  ])
  func neighboursMeetPublishedValues(multiple: Int, method: String, expected: Double) throws {
    let context = try Models.make(Models.llama2, [method], target: 4096 * multiple)
    let value = try Models.value(LocalResolution.run(context), .neighbourDistinguishability, of: method)
    #expect(abs(value - expected) < (expected > 0.9 ? 1e-4 : 6e-4), "\(value)")
  }

  /// 4,096 sampled queries: the closed form lies within four standard errors, and within 2 % of full scale.
  @Test func simulationMeetsClosedForm() throws {
    let context = try Models.make(Models.qwen, ["linear", "ntk", "yarn", "llama3", "dynamic"], sampleCount: 4096)
    var errors = 0.0, difference = 0.0
    for curve in LocalResolution.run(context) where curve.series == "simulated" {
      errors = max(errors, try #require(curve.summary[.worstStandardErrors]))
      difference = max(difference, try #require(curve.summary[.worstDifference]))
    }
    print("local resolution: worst \(errors) standard errors, \(difference) in value")
    #expect(errors < 4)
    #expect(difference < 0.02)
  }
}
