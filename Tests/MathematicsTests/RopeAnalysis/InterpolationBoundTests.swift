import RealModule
import RopeAnalysis
import Testing

@Suite struct InterpolationBoundTests {
  /// LLaMA-7B of the paper: 128 features, base 10⁴, 2,048 trained tokens; the ratio is about 600.
  @Test func boundsMeetPaper() throws {
    let context = try AttentionTestContext.make(methods: [], base: 1e4, trained: 2048, target: 8192)
    let series = InterpolationBound.run(context)
    let summary = try #require(series.first?.summary)
    #expect(abs((summary[.interpolationBoundPerCoefficient] ?? .nan) - 0.434) < 5e-4)
    let exact = summary[.interpolationBoundExactPerCoefficient] ?? .nan
    #expect(abs(exact - 3.9983 / 8) < 1e-4)
    #expect((summary[.boundRatioSmallest] ?? 0) > 500)
    #expect((summary[.boundRatioMedian] ?? 0) > 600)
    let deviation = try #require(summary[.largestDeviationBetweenPositions])
    #expect(deviation <= summary[.interpolationBoundExact] ?? 0)
    #expect((summary[.largestScoreBeyond] ?? .infinity) <= summary[.extrapolationBound] ?? 0)
    #expect((summary[.largestScoreInside] ?? .infinity) < 3)
    #expect((summary[.largestScoreBeyond] ?? 0) > 100 * (summary[.largestScoreInside] ?? .infinity))
  }
}
