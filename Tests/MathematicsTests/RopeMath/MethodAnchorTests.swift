import RopeMath
import RopeTestSupport
import Testing

/// Numbers that papers and implementations publish.
@Suite struct MethodAnchorTests {
  private func plan(_ text: String, head: Int, base: Double, trained: Int, length: Int) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(headDimension: head, base: base, trainedLength: trained)
    return try BoundMethod(
      MethodSpecification.parse(text), context: MethodContext(geometry: geometry, targetLength: length)
    )
    .plan(length: length)
  }

  @Test(arguments: [
    (128, 1e4, 4096.0, true, 20.0, 46.0), (128, 1e6, 32768, true, 23, 40), (64, 1e4, 4096, true, 10, 23),
    (64, 150_000, 4096, false, 8.0928, 17.3980), (128, 1e4, 4096, false, 20.94, 45.03),
  ])
  func correctionRanges(d: Int, base: Double, trained: Double, truncates: Bool, low: Double, high: Double) {
    let ends = YaRNRamp(trainedLength: trained, truncates: truncates).ends(dimension: d, base: base)
    #expect(abs(ends.low - low) < 0.006 && abs(ends.high - high) < 0.006, "\(ends)")
  }

  @Test(arguments: [
    (2.0, 1.06931), (4, 1.13863), (8, 1.20794), (16, 1.27726), (32, 1.34657), (40, 1.36889), (128, 1.48520),
  ])
  func magnitudes(scale: Double, expected: Double) {
    #expect(abs(YaRNTemperature.magnitude(scale: scale) - expected) < 5e-6)
  }

  @Test(arguments: [(32.0, 4096.0, 1.19024), (64, 2048, 1.24316), (8, 16384, 1.10195)])
  func longRoPEFactors(scale: Double, trained: Double, expected: Double) {
    #expect(abs(LongRoPE.attentionFactor(scale: scale, trainedLength: trained) - expected) < 5e-6)
  }

  @Test func llama31KeepsBlendsAndDivides() throws {
    let plan = try plan("llama3:factor=8", head: 128, base: 500_000, trained: 8192, length: 131_072)
    let ratios = plan.interpolationRatios
    #expect(ratios.count { $0 == 1 } == 29)
    #expect(ratios.count { abs($0 - 0.125) < 1e-12 } == 29)
  }

  @Test func codeAndPaperFormsOfYaRNDiffer() throws {
    let code = try plan("yarn:factor=8", head: 128, base: 1e4, trained: 4096, length: 32_768).interpolationRatios
    let paper = try plan("yarn-paper:factor=8", head: 128, base: 1e4, trained: 4096, length: 32_768).interpolationRatios
    #expect(abs(code[33] - 0.5625) < 0.005 && abs(paper[33] - 0.256) < 0.001)
    let quotients = zip(code, paper).map { $0 / $1 }
    let worst = quotients.indices.max { quotients[$0] < quotients[$1] } ?? 0
    #expect(worst == 36 && abs(quotients[36] - 2.30) < 0.005)
  }

  @Test func degenerateRampsAreRecognised() {
    #expect(YaRNRamp(trainedLength: 4096, betaFast: 1, betaSlow: 32).isDegenerate(dimension: 128, base: 1e4))
    #expect(YaRNRamp(trainedLength: 32768).isDegenerate(dimension: 64, base: 10))
    #expect(!YaRNRamp(trainedLength: 4096).isDegenerate(dimension: 128, base: 1e4))
  }

  @Test func criticalPairs() throws {
    for (base, trained, expected) in [(1e4, 4096, 46), (5e5, 8192, 35), (1e6, 32_768, 40)] {
      #expect(
        try RotaryGeometry(headDimension: 128, base: base, trainedLength: trained).criticalPair(at: trained) == expected
      )
    }
  }

  @Test func queryScales() {
    let llama4 = QueryScale.steps(floorScale: 8192, coefficient: 0.1, offset: 1)
    #expect(abs(llama4.value(at: 8191) - 1.0693) < 5e-5 && abs(llama4.value(at: 100_000) - 1.2565) < 5e-5)
    let ministral = QueryScale.steps(floorScale: 16_384, coefficient: 0.1, offset: 0)
    #expect(ministral.value(at: 16_383) == 1 && abs(ministral.value(at: 100_000) - 1.1946) < 5e-5)
    #expect(abs(QueryScale.logarithmic(trainedLength: 4096).value(at: 32_767) - 1.25) < 1e-9)
    #expect(QueryScale.logarithmic(trainedLength: 4096).value(at: 10) == 1)
  }

  @Test func positionMapsAreExpressed() {
    // ReRoPE with a window of 512, and dual chunk attention with chunks of 96.
    let plain = PositionBand(region: PositionRegion(largestDistance: 511), query: .identity, key: .identity)
    let rest = PositionBand(region: .everywhere, query: .constant(512), key: .constant(0))
    #expect(plain.region.contains(query: 600, key: 100) && !plain.region.contains(query: 700, key: 100))
    #expect(rest.distance(query: 5000, key: 17) == 512)
    let chunk = PositionBand(
      region: PositionRegion(chunk: 96, smallestChunkLag: 1, largestChunkLag: 1),
      query: PositionFunction(offset: 96, period: 96, ceiling: 128), key: PositionFunction(period: 96))
    #expect(chunk.region.contains(query: 100, key: 90) && !chunk.region.contains(query: 200, key: 90))
    #expect(chunk.distance(query: 100, key: 90) == 10)
    #expect(Visibility.lambda(global: 4, local: 8).allows(query: 100, key: 3))
    #expect(!Visibility.lambda(global: 4, local: 8).allows(query: 100, key: 92))
  }
}
