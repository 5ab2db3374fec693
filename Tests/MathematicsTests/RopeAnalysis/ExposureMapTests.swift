import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct ExposureMapTests {
  /// Every distance of every stage counted one by one, against the integral.
  @Test func meetsCountedDistances() throws {
    let geometry = try RotaryGeometry(headDimension: 32, base: 1e4, trainedLength: 4096)
    let long = try RotaryPlan(geometry: geometry, length: 4096),
      short = try RotaryPlan(geometry: geometry, length: 1024)
    let training = try #require(
      TrainedDistances(stages: [.init(short, weight: 3), .init(long, weight: 1)]))
    let context = AnalysisContext(
      geometry: geometry, baseline: long, targetLength: 8192, subjects: [], training: training)
    let map = try #require(ExposureMap.run(context).first)
    let edges = Array(map.x.prefix(ExposureMap.bins)), turn = 2 * Double.pi
    #expect(edges.count == ExposureMap.bins && abs(edges[ExposureMap.bins - 1] - turn) < 1e-12)
    for pair in 6..<16 {
      var counted = Array(repeating: 0.0, count: ExposureMap.bins)
      // Steps of a quarter token stand for the integral.
      for (length, weight) in [(1024.0, 3.0), (4096, 1)] {
        for step in 0..<Int(4 * length) {
          let distance = (Double(step) + 0.5) / 4
          let angle = (distance * geometry.inverseFrequencies[pair]).truncatingRemainder(dividingBy: turn)
          let bin = edges.firstIndex { angle <= $0 } ?? ExposureMap.bins - 1
          counted[bin] += weight * (1 - distance / length) / 4
        }
      }
      let total = counted.reduce(0, +)
      for bin in 0..<ExposureMap.bins {
        let width = edges[bin] - (bin == 0 ? 0 : edges[bin - 1])
        // Narrow bins hold few of the steps.
        guard width / geometry.inverseFrequencies[pair] > 8 else { continue }
        let expected = counted[bin] / total * turn / width
        let value = map.y[pair * ExposureMap.bins + bin]
        #expect(
          abs(value - expected) < 0.03 * max(1, expected), "pair \(pair), bin \(bin): \(value) against \(expected)")
      }
    }
    // Shares over the circle are those of one training.
    for pair in 0..<16 {
      let sum = (0..<ExposureMap.bins).reduce(0.0) { sum, bin in
        sum + map.y[pair * ExposureMap.bins + bin] * (edges[bin] - (bin == 0 ? 0 : edges[bin - 1])) / turn
      }
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  @Test func tellsWhatMethodsAskFor() throws {
    let context = try AttentionTestContext.make(
      methods: ["none", "linear", "self-extend", "rerope"], base: 1e4, trained: 4096, target: 32_768)
    let series = ExposureMap.run(context)
    func share(_ method: String, _ key: SummaryKey) throws -> Double {
      try #require(series.first { $0.method == method && $0.series == "angles" }?.summary[key])
    }
    // Unscaled, distance by distance: angles that no trained distance reached.
    let geometry = context.geometry, turn = 2 * Double.pi
    let expected = geometry.inverseFrequencies.reduce(0.0) { sum, frequency in
      let arc = min(turn, 4096 * frequency)
      let unseen = (0..<32_768).count { (Double($0) * frequency).truncatingRemainder(dividingBy: turn) > arc }
      return sum + Double(unseen) / 32_768 / 64
    }
    let value = try share("none", .shareNeverShown)
    #expect(abs(value - expected) < 0.01, "\(value) against \(expected)")
    #expect(try share("linear", .shareNeverShown) < 1e-9)
    #expect(try share("linear", .shareRarelyShown) > 0)
    for method in ["self-extend", "rerope"] { #expect(try share(method, .shareNeverShown) < 0.01) }
  }
}
