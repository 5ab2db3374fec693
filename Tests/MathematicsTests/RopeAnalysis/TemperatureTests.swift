import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct TemperatureTests {
  @Test func yarnAlmostHoldsEntropyAtSigmaTwo() throws {
    let context = try AttentionTestContext.make(methods: ["none", "yarn", "logn"])
    let series = Temperature.run(context)
    let yarn = try #require(series.first { $0.method == "yarn" })
    #expect(abs((yarn.summary[.ownMultiplierAtTarget] ?? .nan) - 1.29648) < 1e-5)
    #expect(abs((yarn.summary[.holdingMultiplierAtTarget] ?? .nan) - 1.3050) < 1e-4)
    let logn = try #require(series.first { $0.method == "logn" })
    let law = try #require(series.first { $0.series == "logn_law" })
    for (own, expected) in zip(logn.y, law.y) { #expect(abs(own - expected) < 1e-12) }
    let none = try #require(series.first { $0.method == "none" })
    #expect(none.y.allSatisfy { $0 == 1 })
    #expect(none.summary[.deviationHeldExactly]?.isNaN == true)
  }

  /// The σ for which YaRN's factor is the entropy-holding one: 1.92 at ×8, 1.74 at ×32.
  @Test(arguments: [(8, 1.92), (32, 1.74)])
  func deviationHeldExactlyMeetsPublishedValues(factor: Int, expected: Double) throws {
    let context = try AttentionTestContext.make(methods: ["yarn"], base: 1e4, trained: 4096, target: 4096 * factor)
    let yarn = try #require(Temperature.run(context).first { $0.method == "yarn" })
    #expect(abs((yarn.summary[.deviationHeldExactly] ?? .nan) - expected) < 6e-3)
  }

  @Test func edgeLengthsDoNotTrap() throws {
    for (trained, target) in [(1, 1), (1, 64), (4096, 4096), (8192, 4096), (4096, 1 << 40)] {
      let context = try AttentionTestContext.make(
        methods: ["none", "linear"], head: 8, base: 1e4, trained: trained, target: target,
        ensemble: AttentionEnsemble(logitDeviation: 0, meanLogit: 0, sampleCount: 64))
      let analyses: [any Analysis.Type] = [
        AttentionEntropy.self, PositionalEntropy.self, NeedleMargin.self, Temperature.self, ScoreByDistance.self,
        InterpolationBound.self, BaseBound.self,
      ]
      for analysis in analyses {
        let series = analysis.run(context)
        #expect(series.allSatisfy { $0.x.count == $0.y.count }, "\(analysis.card.id)")
      }
    }
  }
}

@Suite struct NeedleMarginTests {
  @Test func marginMeetsHighTemperatureForm() throws {
    let context = try AttentionTestContext.make(methods: ["none", "yarn"])
    let series = NeedleMargin.run(context)
    for (method, multiplier) in [("none", 1.0), ("yarn", 1.29648)] {
      let curve = try #require(series.first { $0.method == method })
      let expected = Double.log(131_072) / multiplier + multiplier * 2
      #expect(abs((curve.summary[.marginAtTarget] ?? .nan) - expected) < 0.01)
    }
  }
}
