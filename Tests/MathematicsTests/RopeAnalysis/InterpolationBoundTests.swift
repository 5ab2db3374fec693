import RealModule
import RopeAnalysis
import Testing

@Suite struct InterpolationBoundTests {
  /// LLaMA-7B of the paper: 128 features, base 10⁴, 2,048 trained tokens; the ratio is about 600.
  @Test func boundsMeetPaper() throws {
    let context = try AttentionTestContext.make(methods: [], base: 1e4, trained: 2048, target: 8192)
    let series = InterpolationBound.run(context)
    let summary = try #require(series.first?.summary)
    #expect(abs((summary["interpolation_bound_per_coefficient"] ?? .nan) - 0.434) < 5e-4)
    let exact = summary["interpolation_bound_exact_per_coefficient"] ?? .nan
    #expect(abs(exact - 3.9983 / 8) < 1e-4)
    #expect((summary["bound_ratio_smallest"] ?? 0) > 500)
    #expect((summary["bound_ratio_median"] ?? 0) > 600)
    let deviation = try #require(summary["largest_deviation_between_positions"])
    #expect(deviation <= summary["interpolation_bound_exact"] ?? 0)
    #expect((summary["largest_score_beyond"] ?? .infinity) <= summary["extrapolation_bound"] ?? 0)
    #expect((summary["largest_score_inside"] ?? .infinity) < 3)
    #expect((summary["largest_score_beyond"] ?? 0) > 100 * (summary["largest_score_inside"] ?? .infinity))
  }
}
