import Foundation
import RopeAnalysis
import RopeMath
import Testing

/// Maps, masks and work against plain counting.
@Suite struct PositionAnalysesTests {
  typealias Models = FrequencyTestContext

  private static let methods = [
    "none", "lm-infinite:local=64,global=4,limit=64", "lm-infinite:local=64,global=4,limit=64,visibility=all",
    "self-extend:window=32,group=8",
    "rerope:window=32", "leaky-rerope:window=32,step=8", "dca:chunk=48,local=16", "longlora:group=64",
    "landmark:block=16,top_k=2",
  ]

  @Test func mapsMeetThePlans() throws {
    let context = try Models.make(Models.small, Self.methods, target: 1024)
    let series = PositionMap.run(context)
    #expect(series.first?.series == "unscaled")
    for curve in series.dropFirst() {
      let plan = try #require(context.subjects.first { $0.label == curve.method }).plan
      let side = try #require(curve.summary[.side].map { Int($0) })
      #expect(curve.y.count == side * side)
      for (index, y) in curve.y.enumerated() {
        let p = (2 * (index / side) + 1) * 1024 / (2 * side), r = Int(curve.x[index])
        let seen = [false, true].contains { plan.visibility.allows(query: p, key: r, shifted: $0) }
        #expect(seen ? plan.effectiveDistance(query: p, key: r) == y || y.isNaN : y.isNaN)
      }
    }
    // The largest distance over every pair of tokens, one by one.
    for method in [
      "self-extend:window=32,group=8", "rerope:window=32", "dca:chunk=48,local=16", "leaky-rerope:window=32,step=8",
    ] {
      let plan = try #require(context.subjects.first { $0.label == method }).plan
      var largest = 0.0
      for p in 0..<1024 { for r in 0...p { largest = max(largest, plan.effectiveDistance(query: p, key: r) ?? 0) } }
      #expect(try Models.value(series, .largestDistance, of: method) == largest, "\(method)")
    }
  }

  @Test func workMeetsCounting() throws {
    let context = try Models.make(Models.small, Self.methods, target: 1024)
    let series = WorkPerToken.run(context)
    for subject in context.subjects where subject.plan.normalisation == .softmax {
      let plan = subject.plan, p = 1023
      let expected: Double
      if case .shiftedGroups(let size) = plan.visibility {
        expected = Double((0..<size).reduce(0) { $0 + $1 + 1 }) / Double(size)
      } else if plan.bands.contains(where: \.isAdded) {
        expected = Double(
          (0...p).reduce(0) { sum, r in sum + plan.bands.count { $0.region.contains(query: p, key: r) } })
      } else {
        expected = Double((0...p).count { plan.visibility.allows(query: p, key: $0) })
      }
      #expect(try Models.value(series, .scoresAtTarget, of: subject.label) == expected, "\(subject.label)")
    }
    // Token 1023 of blocks of 16: its own block of 16, 63 landmarks, two blocks of 15 other tokens.
    #expect(try Models.value(series, .scoresAtTarget, of: "landmark:block=16,top_k=2") == 16 + 63 + 30)
  }

  @Test func visibilityMapsShowSharesOfHeads() throws {
    let series = VisibilityMap.run(try Models.make(Models.small, Self.methods, target: 1024))
    #expect(
      Set(series.map(\.method)) == [
        "lm-infinite:local=64,global=4,limit=64", "longlora:group=64", "landmark:block=16,top_k=2",
      ])
    let shifted = try #require(series.first { $0.method == "longlora:group=64" })
    #expect(Set(shifted.y.filter(\.isFinite)) == [0, 0.5, 1])
  }

  /// A reach that the papers give: (L0 − w + ⌊w/G⌋)·G for Self-Extend, anything for ReRoPE and LM-Infinite.
  @Test func reachesMeetThePapers() throws {
    let context = try Models.make(
      Models.small, ["self-extend:window=128,group=8", "rerope:window=64", "lm-infinite"], target: 2048)
    let series = PhaseSafeLength.run(context)
    let reach = try Models.value(series, .phaseSafeLength, of: "self-extend:window=128,group=8")
    // The group's last token still shares its position.
    #expect(abs(reach - Double((512 - 128 + 16) * 8)) <= 8, "\(reach)")
    #expect(try Models.value(series, .phaseSafeLength, of: "rerope:window=64") == .infinity)
    #expect(try Models.value(series, .phaseSafeLength, of: "lm-infinite") == .infinity)
  }

  @Test func trajectoriesAndHazardsConcernMethodsThatMove() throws {
    let context = try Models.make(Models.small, ["none", "yarn", "dynamic", "self-extend", "dynamic-yarn"])
    let moving = ["dynamic", "dynamic-yarn"]
    let paths = Trajectories.run(context)
    #expect(Set(paths.map(\.method)) == Set(moving))
    for path in paths { #expect(path.y.first == 1) }
    let hazards = CacheHazard.run(context)
    let errors = hazards.filter { $0.series == "output_error" }, moved = hazards.filter { $0.series == "moved_weight" }
    #expect(errors.map(\.method) == moving && moved.map(\.method) == moving)
    for hazard in hazards {
      // Two rows of weights differ by no more than all of it, their squares by no more than both.
      #expect(hazard.y.allSatisfy { (0...(hazard.series == "moved_weight" ? 1 : 20)).contains($0) })
      let first = try #require(hazard.y.first), last = try #require(hazard.y.last)
      #expect(last > first && last > 0.05)
    }
  }

  /// Own Monte Carlo (numpy, 400 queries, every key): dynamic NTK ×4 at 256 trained tokens after 16 decoded ones changes the
  /// output by 0.859 ± 0.020 of its size and moves 0.380 ± 0.005 of the weight.
  @Test func staleKeysMeetDirectSimulation() throws {
    let context = try AttentionTestContext.make(
      methods: ["dynamic:factor=4"], head: 64, base: 1e4, trained: 256, target: 1024,
      ensemble: AttentionEnsemble(sampleCount: 400))
    let hazards = CacheHazard.run(context)
    for (name, expected, error) in [("output_error", 0.859, 0.09), ("moved_weight", 0.380, 0.025)] {
      let hazard = try #require(hazards.first { $0.series == name })
      let place = try #require(hazard.x.firstIndex(of: 16))
      #expect(abs(hazard.y[place] - expected) < error, "\(name): \(hazard.y[place])")
    }
  }
}
