import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct SignalNoiseTests {
  /// Queries and keys drawn feature by feature, with the strength that the analysis chose.
  @Test func meetsDrawnFeatures() throws {
    let context = try AttentionTestContext.make(
      methods: ["none", "linear"], head: 64, base: 1e4, trained: 256, target: 1024)
    let series = SignalNoise.run(context)
    var generator = GaussianSampler(seed: 99)
    for method in ["none", "linear"] {
      let curve = try #require(series.first { $0.method == method && $0.series == "retrieval" })
      let strength = try #require(curve.summary[.strength])
      let plan = try #require(context.subjects.first { $0.label == method }?.plan)
      for distance in [200.0, 700] {
        let nearest = try #require(curve.x.indices.min { abs(curve.x[$0] - distance) < abs(curve.x[$1] - distance) })
        var wins = 0
        let trials = 600
        for _ in 0..<trials {
          let query = generator.samples(64).map(Double.init), noise = generator.samples(64).map(Double.init)
          let at = curve.x[nearest]
          // The half octave's distances are drawn evenly.
          let offset = Double(generator.samples(2)[0]).magnitude.truncatingRemainder(dividingBy: 1)
          let place = at * (0.84 + 0.35 * offset)
          var matched = 0.0
          for pair in 0..<32 {
            let angle = place * plan.inverseFrequencies[pair], x = query[2 * pair], y = query[2 * pair + 1]
            let carried = pair >= 24 ? strength : 0
            let kx = carried * x + noise[2 * pair], ky = carried * y + noise[2 * pair + 1]
            // The key turned back by the distance.
            matched += x * (kx * .cos(angle) - ky * .sin(angle)) + y * (kx * .sin(angle) + ky * .cos(angle))
          }
          let spread = query.reduce(0) { $0 + $1 * $1 }.squareRoot()
          let others = generator.samples(1022).map { Double($0) * spread }
          if matched > others.max() ?? 0 { wins += 1 }
        }
        let found = Double(wins) / Double(trials)
        #expect(abs(found - curve.y[nearest]) < 0.12, "\(method) at \(distance): \(found) against \(curve.y[nearest])")
      }
    }
  }

  /// Nine times in ten where un-rotated features help; else nine tenths of what any strength gives.
  @Test func strengthHoldsInTraining() throws {
    for (rotary, range) in [(32, 0.88...0.92), (128, 0.75...0.92)] {
      let context = try AttentionTestContext.make(
        methods: ["none"], rotary: rotary, base: 1e4, trained: 4096, target: 4096)
      let own = try #require(SignalNoise.run(context).first { $0.series == "retrieval" })
      let chance = try #require(own.summary[.meanChance])
      #expect(range.contains(chance), "\(rotary): \(chance)")
    }
  }

  /// The mean of the largest of n standard normals: 0.5642 for 2, 2.5076 for 100 (Harter, Biometrika 48, 1961).
  @Test(arguments: [(3.0, 0.56419), (101, 2.50759)])
  func largestScoreMeetsTables(keys: Double, expected: Double) {
    #expect(abs(SignalNoise.largestScore(keys: keys) - expected) < 1e-3)
  }

  @Test func simulationAgrees() throws {
    let context = try AttentionTestContext.make(methods: ["none", "yarn", "self-extend", "lm-infinite", "xpos"])
    let series = SignalNoise.run(context)
    for simulated in series.filter({ $0.series == "simulated" }) {
      #expect((simulated.summary[.worstDifference] ?? 1) < 0.15)
    }
    #expect(!series.contains { $0.method == "xpos" })
    #expect(series.allSatisfy { $0.y.allSatisfy(\.isFinite) })
  }
}
