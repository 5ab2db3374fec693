import RopeAnalysis
import RopeMath
import Testing

@Suite struct ExtrapolatedAnglesTests {
  typealias Models = FrequencyTestContext

  /// Share of whole positions 0 … L − 1 that stand at an unseen angle, each of them visited.
  @Test func closedFormMeetsEveryPosition() throws {
    let context = try Models.make(Models.small, Models.methods)
    let series = ExtrapolatedAngles.run(context).filter { $0.series == "unseen_share" }
    var worst = 0.0
    for (subject, curve) in zip(context.subjects, series) where subject.label != "partial" {
      for pair in curve.y.indices {
        let arc = context.baseline.inverseFrequencies[pair] * Double(context.trainedLength)
        let frequency = subject.plan.inverseFrequencies[pair]
        let unseen =
          arc >= 2 * .pi
          ? 0
          : (0..<context.targetLength).count {
            (Double($0) * frequency).truncatingRemainder(dividingBy: 2 * .pi) > arc * (1 + 1e-12)
          }
        worst = max(worst, abs(Double(unseen) / Double(context.targetLength) - curve.closedForm[pair]))
      }
    }
    print("extrapolated angles: worst difference to counting every position \(worst)")
    #expect(worst < 2.0 / Double(context.targetLength))
  }

  @Test func subsampledSimulationStaysNear() throws {
    for curve in ExtrapolatedAngles.run(try Models.make(Models.qwen, Models.methods))
    where curve.series == "unseen_share" {
      #expect((curve.summary[.worstDifference] ?? 1) < 3e-3, "\(curve.method)")
    }
  }

  @Test func safeMethodsHaveNothingUnseen() throws {
    let series = ExtrapolatedAngles.run(try Models.make(Models.qwen, ["linear", "yarn", "llama3", "none", "ntk"]))
    for method in ["linear", "yarn", "llama3"] {
      #expect(try Models.value(series, .shareOutOfDistribution, of: method) == 0)
    }
    #expect(abs(try Models.value(series, .shareOutOfDistribution, of: "none") - 0.2448) < 1e-4)
  }
}

@Suite struct AngleMapTests {
  typealias Models = FrequencyTestContext

  /// Weighted by the distances in each bin, the map's mean over the pairs is the share of unseen positions.
  @Test(arguments: [Models.qwen, Models.llama2])
  func mapAddsUpToTheShare(model: Models.Model) throws {
    let context = try Models.make(model, ["none", "linear", "ntk", "logn"])
    let maps = AngleMap.run(context)
    // Linear has nothing unseen, and logn's map is the unscaled model's.
    #expect(maps.map(\.method) == ["none", "ntk"])
    let shares = ExtrapolatedAngles.run(context)
    for map in maps {
      let columns = Int(try #require(map.summary[.columns])), first = Int(try #require(map.summary[.firstPair]))
      #expect(map.y.count == columns * (64 - first))
      let smallest = try #require(map.summary[.smallestDistance])
      var total = 0.0
      for (index, share) in map.y.enumerated() {
        let from = index % columns == 0 ? smallest : map.x[index - 1]
        total += share * (map.x[index] - from)
      }
      let mean = total / Double(model.target) / 64
      let closed = try Models.value(shares, .shareOutOfDistribution, of: map.method)
      #expect(abs(mean - closed) < 2e-3, "\(map.method): \(mean) \(closed)")
      #expect(map.y.allSatisfy { (0...1).contains($0) })
    }
  }
}
