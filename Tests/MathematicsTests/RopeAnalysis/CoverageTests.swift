import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct CoverageTests {
  typealias Models = FrequencyTestContext

  /// Mean trained arc and incomplete pairs; mean new arc of the unscaled model at the target.
  @Test(arguments: [
    (Models.llama2, 0.812, 18.0, 0.172), (Models.llama3, 0.631, 29.0, 0.208), (Models.qwen, 0.699, 24.0, 0.099),
  ])
  func publishedModelsMeetTheirArcs(model: Models.Model, trained: Double, pairs: Double, new: Double) throws {
    let series = Coverage.run(try Models.make(model, ["none"]))
    #expect(abs(try Models.value(series, .meanTrainedArc, of: "baseline") - trained) < 5e-4)
    #expect(try Models.value(series, .incompletePairs, of: "baseline") == pairs)
    #expect(abs(try Models.value(series, .meanNewArc, of: "none") - new) < 5e-4)
    #expect(try Models.value(series, .pairsWithNewAngles, of: "none") == pairs)
  }

  /// The simulation marks bins, so it may miss or add one at either end of an arc.
  @Test(arguments: [Models.small, Models.qwen])
  func simulationMeetsClosedForm(model: Models.Model) throws {
    var worst = 0.0
    for series in Coverage.run(try Models.make(model, Models.methods)) where series.series == "new_arc" {
      let difference = try #require(series.summary[.worstDifference])
      #expect(try difference <= 2 / #require(series.summary[.fewestBins]), "\(series.method)")
      worst = max(worst, difference)
    }
    print("coverage: simulated and closed-form new arcs differ by at most \(worst) of the circle (\(model))")
  }

  /// Every position's angle sorted: the largest gap is the three-gap theorem's.
  @Test func largestGapMeetsSortedAngles() {
    var generator = SeededGenerator(seed: 7)
    var worst = 0.0
    for _ in 0..<300 {
      let angle = Double.exp(8 * generator.nextUniform() - 7)
      let count = 2 + Int(generator.nextUniform() * 3000)
      let turns = (0..<count).map { (Double($0) * angle / (2 * .pi)).truncatingRemainder(dividingBy: 1) }.sorted()
      let gaps = zip(turns, turns.dropFirst() + [1]).map { $1 - $0 }
      worst = max(worst, abs((gaps.max() ?? 0) - CircleGaps.largest(angle: angle, count: count)))
    }
    print("three-gap closed form: worst difference to sorted angles \(worst) of the circle")
    #expect(worst < 1e-10)
    #expect(CircleGaps.largest(angle: 0, count: 100) == 1)
    #expect(abs(CircleGaps.largest(angle: 2 * .pi / 8, count: 1000) - 1.0 / 8) < 1e-9)
  }

  /// An incomplete pair leaves what its arc does not cover.
  @Test func largestGapOfIncompletePairsIsTheRest() throws {
    let context = try Models.make(Models.llama2, ["none"])
    let gaps = try #require(Coverage.run(context).first { $0.series == "largest_gap" })
    for pair in 46..<64 {
      let rest = 1 - 4095 * context.baseline.inverseFrequencies[pair] / (2 * .pi)
      let step = context.baseline.inverseFrequencies[pair] / (2 * .pi)
      #expect(abs(gaps.y[pair] - max(rest, step)) < 1e-12)
    }
  }

  /// Angles of the positions beyond training between the trained ones, found by sorting (numpy): 46 pairs of Llama-2 with a
  /// largest gap of 0.0082 of the circle; none where wavelengths are whole tokens.
  @Test func resonanceRepeatsTrainedAngles() throws {
    let context = try AttentionTestContext.make(
      methods: ["none", "resonance", "yarn", "yarn+resonance"], base: 1e4, trained: 4096, target: 8192)
    let series = Coverage.run(context)
    func value(_ method: String, _ key: SummaryKey) throws -> Double {
      try #require(series.first { $0.method == method && $0.series == "new_arc" }?.summary[key])
    }
    #expect(try value("none", .pairsWithInterpolatedAngles) == 46)
    #expect(abs(try value("none", .largestInterpolatedGap) - 0.008211) < 1e-6)
    #expect(try value("yarn", .pairsWithInterpolatedAngles) > 40)
    for method in ["resonance", "yarn+resonance"] {
      #expect(try value(method, .pairsWithInterpolatedAngles) == 0)
      #expect(try value(method, .largestInterpolatedGap) == 0)
    }
    let rows = Comparison.rows(context, series: series)
    #expect(rows.map(\.pairsWithInterpolatedAngles).prefix(2) == [46, 0])
  }
}
