import RopeAnalysis
import RopeMath
import RopeTestSupport
import Testing

@Suite struct PrecisionTests {
  typealias Models = FrequencyTestContext

  /// float32 by the language's own rounding, bfloat16 by the bits of a float32.
  @Test func roundingMeetsTheFormats() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let value =
        (generator.nextUniform() - 0.5) * Double(sign: .plus, exponent: Int(generator.next() % 60) - 30, significand: 1)
      #expect(ReducedPrecision.float32.rounded(value) == Double(Float(value)))
      let single = Float(value), bits = single.bitPattern
      let even = (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) & 0xFFFF_0000
      #expect(ReducedPrecision.bfloat16.rounded(Double(single)) == Double(Float(bitPattern: even)))
    }
    #expect(ReducedPrecision.float16.rounded(65_504) == 65_504)
    #expect(ReducedPrecision.float16.rounded(65_535) == .infinity)
    #expect(ReducedPrecision.float16.rounded(0x1p-24) == 0x1p-24)
    #expect(ReducedPrecision.float16.rounded(0x1.8p-26) == 0)
  }

  @Test func positionsCollideWhereTheSpacingGrows() {
    #expect(ReducedPrecision.bfloat16.firstCollision == 256)
    #expect(ReducedPrecision.float16.firstCollision == 2048)
    #expect(ReducedPrecision.float32.firstCollision == 1 << 24)
    // Distinct bfloat16 values of the positions below 2^k: 257 + 128(k − 8).
    for (k, distinct) in [(12, 769), (17, 1409)] {
      #expect(Set((0..<(1 << k)).map { ReducedPrecision.bfloat16.rounded(Double($0)) }).count == distinct)
    }
  }

  /// No error exceeds its bound, and position roundings reach theirs.
  @Test(arguments: [Models.qwen, Models.llama2])
  func simulationStaysBelowItsBound(model: Models.Model) throws {
    let series = Precision.run(try Models.make(model, []))
    #expect(series.count == 4)
    for curve in series {
      let share = try #require(curve.summary[.worstShareOfBound])
      print("precision, \(model): \(curve.series) reaches \(share) of its bound")
      #expect(share <= 1 + 1e-12, "\(curve.series)")
      #expect(share > (curve.series.hasSuffix("positions") ? 0.999 : 0.2), "\(curve.series)")
      #expect((curve.summary[.tableError] ?? 1) <= (curve.summary[.tableErrorBound] ?? 0))
    }
  }

  /// transformers' float32 angles, base 10,000, head 128, worst pair: 1.2e-4 … 1.4e-4 about position 4096, 3.6e-3 …
  /// 3.9e-3 about 131,072; bfloat16 frequencies 5.0 rad at 4096.
  @Test func publishedErrorsAreMet() throws {
    let series = Precision.run(try Models.make(Models.llama2, [], target: 131_072))
    func error(_ name: String, at length: Double) throws -> Double {
      let curve = try #require(series.first { $0.series == name })
      return curve.y[try #require(curve.x.firstIndex(of: length))]
    }
    let near = try error("float32", at: 4096), far = try error("float32", at: 131_072)
    let frequencies = try error("bfloat16_frequencies", at: 4096)
    print("float32 \(near) at 4k, \(far) at 128k; bfloat16 frequencies \(frequencies) at 4k")
    #expect((1.2e-4...2.5e-4).contains(near))
    #expect((3.6e-3...8e-3).contains(far))
    #expect(abs(frequencies - 5.0) < 0.1)
    let half = try #require(series.first { $0.series == "float16_positions" })
    #expect(half.y.last?.isNaN == true)
  }
}
