import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct AdviceStabilityTests {
  /// Each region against the choice itself, made for the σ and the length.
  @Test func regionsAreTheChoices() throws {
    let context = try AttentionTestContext.make(
      methods: ["none", "linear", "yarn", "yarn-paper", "ntk-by-parts", "llama3", "dca"], base: 1e4, trained: 4096,
      target: 32_768)
    let regions = AdviceStability.run(context).filter { $0.series == "region" }
    let lengths = try #require(regions.first?.x)
    #expect(lengths.contains(32_768))
    for (column, length) in lengths.enumerated() {
      let candidates = AdviceStability.candidates(context, length: Int(length))
      #expect(!candidates.contains { $0.label == "linear" || $0.label == "none" })
      for deviation in [1.1, 1.6, 2.2, 2.9] {
        let choice = TemperatureChoice(
          ensemble: AttentionEnsemble(logitDeviation: deviation), baseline: context.baseline, targetLength: Int(length),
          candidates: candidates)
        let chosen = try #require(choice.choice)
        // Near a border both are right.
        let own = regions.filter { deviation > $0.lower[column] - 0.03 && deviation < $0.upper[column] + 0.03 }.map(
          \.method)
        #expect(
          own.contains { label in choice.nearest.contains { $0.label == label } },
          "\(length), σ \(deviation): \(chosen.label) not in \(own)")
      }
      // Every σ belongs to one choice.
      let spans = Set(regions.filter { $0.lower[column].isFinite }.map { [$0.lower[column], $0.upper[column]] })
      #expect(abs(spans.reduce(0) { $0 + $1[1] - $1[0] } - 2) < 1e-9)
    }
  }

  /// At the σ that is told, (0.1 ln s + 1)² of YaRN is the multiplier that holds the entropy.
  @Test func exactDeviationHoldsTheEntropy() throws {
    let context = try AttentionTestContext.make(methods: ["yarn", "llama3"], base: 1e4, trained: 4096, target: 32_768)
    let exact = try #require(AdviceStability.run(context).first { $0.method == "yarn" && $0.series == "exact" })
    let place = try #require(exact.x.firstIndex(of: 32_768))
    let multiplier = GaussianEntropy.holdingMultiplier(keys: 32_768, referenceKeys: 4096, deviation: exact.y[place])
    let yarn = 0.1 * 2.0794415416798357 + 1
    #expect(abs(multiplier - yarn * yarn) < 2e-3, "\(exact.y[place]): \(multiplier)")
  }

  @Test func nothingInsideTheTrainedLength() throws {
    let context = try AttentionTestContext.make(methods: ["none", "yarn"], trained: 32_768, target: 32_768)
    #expect(AdviceStability.run(context).isEmpty)
  }
}

@Suite struct ReachCostTests {
  /// PI: reach s·L0 and middle pairs at 1/s, exactly.
  @Test func linearPath() throws {
    let context = try AttentionTestContext.make(
      methods: ["linear", "yarn", "ntk"], base: 1e4, trained: 4096, target: 32_768)
    let series = ReachCost.run(context)
    let linear = try #require(series.first { $0.method == "linear" })
    #expect(linear.x.count == 5)
    for (step, (x, y)) in zip(linear.x, linear.y).enumerated() {
      let factor = Double(1 << step)
      #expect(abs(x / 4096 / factor - 1) < 1e-9 && abs(y * factor - 1) < 1e-9)
    }
    // YaRN: 1 ≤ r ≤ 32 are blended with γ = (r − 1)/31 between 1/s and 1.
    let yarn = try #require(series.first { $0.method == "yarn" })
    let index = try #require(yarn.x.firstIndex { abs($0 - 32_768) < 1 })
    let turns = context.geometry.inverseFrequencies.map { 4096 * $0 / (2 * Double.pi) }
    let inside = turns.filter { (1...32).contains($0) }.count
    #expect(inside > 0)
    #expect(yarn.y[index] > linear.y[index] && yarn.y[index] < 1)
    #expect(zip(yarn.y, yarn.y.dropFirst()).allSatisfy { $0 > $1 })
  }
}
