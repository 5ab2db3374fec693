import RealModule
import RopeAnalysis
import Testing

@Suite struct GaussianEntropyTests {
  @Test(arguments: [
    (1024.0, 1.0, 6.433), (1024, 2, 5.027), (1024, 3, 3.429), (1024, 4, 2.349), (1024, 6, 1.325), (256, 1, 5.0522),
  ])
  func meetsPublishedValues(keys: Double, deviation: Double, expected: Double) {
    let value = GaussianEntropy(deviation: deviation).entropy(keys: keys)
    #expect(abs(value - expected) < (keys == 256 ? 6e-5 : 6e-4), "\(keys) keys, σ \(deviation): \(value)")
  }

  /// Two logits: the entropy is a one-dimensional integral over their difference, N(0, 2σ²).
  @Test(arguments: [0.1, 0.5, 1, 2, 5, 10])
  func meetsDirectIntegralForTwoKeys(deviation: Double) {
    let step = 0.001
    var expected = 0.0
    for k in -9000...9000 {
      let g = Double(k) * step
      let p = 1 / (1 + Double.exp(-abs(g) * deviation * 2.0.squareRoot()))
      let entropy = p < 1 ? -p * .log(p) - (1 - p) * .log(1 - p) : 0
      expected += entropy * .exp(-g * g / 2) * step / (2 * Double.pi).squareRoot()
    }
    let value = GaussianEntropy(deviation: deviation).entropy(keys: 2)
    #expect(abs(value - expected) < 1e-8, "σ \(deviation): \(value) against \(expected)")
  }

  @Test func limitsHold() {
    #expect(GaussianEntropy(deviation: 3).entropy(keys: 1) == 0)
    #expect(GaussianEntropy(deviation: 0).entropy(keys: 4096) == Double.log(4096))
    #expect(GaussianEntropy(deviation: 1).entropy(keys: .infinity).isNaN)
    #expect(GaussianEntropy(deviation: 1).entropy(keys: 0.5).isNaN)
    let huge = 0x1p40
    let difference =
      GaussianEntropy(deviation: 2).entropy(keys: huge)
      - GaussianEntropy.highTemperature(keys: huge, deviation: 2)
    #expect(abs(difference) < 1e-8, "\(difference)")
    // First correction of the high-temperature form.
    let n = 65_536.0
    let correction = (Double.exp(1) - (Double.exp(1) - 1) / 2) / n
    let exact = GaussianEntropy(deviation: 1).entropy(keys: n)
    #expect(abs(exact - (.log(n) - 0.5 + correction)) < 1e-8, "\(exact)")
    for deviation in [0.5, 2, 5, 10, 20] {
      let values = (0...40).map { GaussianEntropy(deviation: deviation).entropy(keys: Double(1 << $0)) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
      #expect(values.allSatisfy { $0 >= 0 })
    }
  }

  @Test func holdingMultiplierKeepsEntropy() {
    for (keys, deviation) in [(131_072.0, 2.0), (131_072, 1), (65_536, 4), (0x1p30, 3)] {
      let factor = GaussianEntropy.holdingMultiplier(keys: keys, referenceKeys: 32_768, deviation: deviation)
      let kept = GaussianEntropy(deviation: factor * deviation).entropy(keys: keys)
      let wanted = GaussianEntropy(deviation: deviation).entropy(keys: 32_768)
      #expect(abs(kept - wanted) < 1e-8, "\(keys) keys, σ \(deviation): \(kept) against \(wanted)")
    }
    let factor = GaussianEntropy.holdingMultiplier(keys: 131_072, referenceKeys: 32_768, deviation: 2)
    #expect(abs(factor - 1.305) < 1e-4)
    let limit = GaussianEntropy.highTemperatureMultiplier(keys: 131_072, referenceKeys: 32_768, deviation: 2)
    #expect(abs(limit - 1.3013) < 1e-4)
    #expect(GaussianEntropy.holdingMultiplier(keys: 8, referenceKeys: 8, deviation: 2) == 1)
    #expect(GaussianEntropy.holdingMultiplier(keys: 16, referenceKeys: 8, deviation: 0) == 1)
    #expect(GaussianEntropy.holdingMultiplier(keys: 4, referenceKeys: 8, deviation: 2).isNaN)
  }
}
