import RealModule
import RopeInference
import RopeMath
import Testing

/// The vector loops against their plain twins, at lengths around the width of a group of lanes.
@Suite struct VectorLoopTests {
  static let counts = [1, 2, 15, 16, 17, 31, 64, 100, 576]

  private func numbers(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.nextUniform() * 2 - 1) * scale }
  }

  /// The largest difference over the largest magnitude of the reference.
  private func error(_ values: [Float], _ references: [Float]) -> Float {
    guard values.count == references.count else { return .infinity }
    let largest = references.map { abs($0) }.max() ?? 1
    return (zip(values, references).map { abs($0 - $1) }.max() ?? 0) / max(largest, .leastNormalMagnitude)
  }

  @Test func exponentialIsGoodToTwoUlps() {
    var worst = 0.0
    for x in stride(from: Float(-87), through: 88, by: 0.0371) {
      let value = VectorLoops.exp([x])[0], reference = Double.exp(Double(x))
      worst = max(worst, abs(Double(value) - reference) / Double(Float(reference).ulp))
    }
    print("exp: off by at most \(worst) ulp")
    #expect(worst <= 2)
    #expect(VectorLoops.exp([-.infinity, -200, 0]) == [0, 0, 1])
  }

  @Test func normsEqualTheirTwins() {
    var worst: Float = 0
    for (seed, count) in Self.counts.enumerated() {
      let x = numbers(count, seed: UInt64(seed), scale: 3), weight = numbers(count, seed: 100 + UInt64(seed))
      let bias = numbers(count, seed: 200 + UInt64(seed))
      worst = max(
        worst,
        error(
          VectorLoops.rootMeanSquareNorm(x, weight: weight, offset: 1, epsilon: 1e-5),
          PlainLoops.rootMeanSquareNorm(x, weight: weight, offset: 1, epsilon: 1e-5)),
        error(
          VectorLoops.layerNorm(x, weight: weight, bias: bias, epsilon: 1e-3),
          PlainLoops.layerNorm(x, weight: weight, bias: bias, epsilon: 1e-3)))
    }
    print("norms: off by at most \(worst) of the largest")
    #expect(worst <= 2e-6)
  }

  @Test func activationsEqualTheirTwins() {
    var worst: Float = 0
    for (seed, count) in Self.counts.enumerated() {
      let gate = numbers(count, seed: UInt64(seed), scale: 12), up = numbers(count, seed: 300 + UInt64(seed))
      worst = max(
        worst, error(VectorLoops.gatedSilu(gate, up), zip(gate, up).map { PlainLoops.silu($0) * $1 }),
        error(VectorLoops.gatedGeluTanh(gate, up), zip(gate, up).map { PlainLoops.geluTanh($0) * $1 }),
        error(VectorLoops.softCap(gate, cap: 5), gate.map { PlainLoops.softCap($0, cap: 5) }))
    }
    print("activations: off by at most \(worst) of the largest")
    #expect(worst <= 1e-6)
  }

  @Test func rotationEqualsItsTwin() {
    var worst: Float = 0
    for interleaved in [false, true] {
      for pairs in [1, 4, 16, 24] {
        let x = numbers(64, seed: UInt64(pairs)), angles = numbers(pairs, seed: 7, scale: 3)
        let cosines = angles.map { Float.cos($0) }, sines = angles.map { Float.sin($0) }
        worst = max(
          worst,
          error(
            VectorLoops.rotate(x, cosines: cosines, sines: sines, scale: 0.3, interleaved: interleaved),
            PlainLoops.rotate(x, cosines: cosines, sines: sines, scale: 0.3, interleaved: interleaved)))
      }
    }
    #expect(worst <= 3e-7, "off by \(worst)")
  }

  @Test func softmaxStepsEqualTheirTwin() {
    for (seed, count) in Self.counts.enumerated() {
      var largest = -Float.infinity, sum: Float = 0, plainLargest = largest, plainSum = sum
      for step in 0..<3 {
        var scores = numbers(count, seed: UInt64(seed * 10 + step), scale: 20)
        if step == 0 { scores = scores.map { _ in -.infinity } } else { scores[0] = -.infinity }
        var plain = scores
        let correction = VectorLoops.softmaxStep(&scores, largest: &largest, sum: &sum)
        let plainCorrection = PlainLoops.softmaxStep(&plain, largest: &plainLargest, sum: &plainSum)
        #expect(error(scores, plain) <= 2e-6 && largest == plainLargest)
        #expect(abs(correction - plainCorrection) <= 1e-6 && abs(sum - plainSum) <= 2e-6 * max(1, plainSum))
      }
    }
  }
}
