import RopeAnalysis
import RopeMath
import Testing

/// Methods whose training looks unlike their inference are judged by the latter; the training pattern has a name.
@Suite struct InferenceFormTests {
  private static func row(_ method: String) throws -> ComparisonRow {
    let context = try AttentionTestContext.make(
      methods: [method], base: 1e4, trained: 4096, target: 32_768, ensemble: AttentionEnsemble(sampleCount: 2))
    let all: [any Analysis.Type] = [
      PhaseSafeLength.self, Coverage.self, ScoreByDistance.self, AttentionEntropy.self, WorkPerToken.self,
    ]
    let series = all.flatMap { $0.run(context) }
    return try #require(Comparison.rows(context, series: series).first)
  }

  /// Position interpolation ×8 with full attention: H(32,768 keys, σ = 2) = 8.4025 nats by quadrature.
  @Test func longLoRAIsInterpolationAtInference() throws {
    let row = try Self.row("longlora"), linear = try Self.row("linear")
    #expect(row.phaseSafeLength == 32_768 && row.neededFactor == 8)
    #expect(abs(row.entropyAtTarget - 8.4025) < 2e-3, "\(row.entropyAtTarget)")
    #expect(row.scoresPerToken == 32_768 && row.firstSignChange.isNaN == linear.firstSignChange.isNaN)
    let training = try Self.row("longlora:pattern=s2")
    #expect(training.phaseSafeLength == .infinity && training.scoresPerToken == 4096.5)
  }

  /// Five blocks of 64 beside the query's own: 64 + 5·63 keys share the weight, at most 7·64 tokens away.
  @Test func landmarkRetrievesAtInference() throws {
    let row = try Self.row("landmark"), training = try Self.row("landmark:pattern=training")
    #expect(row.phaseSafeLength == .infinity && row.pairsWithNewAngles == 0 && row.firstSignChange.isNaN)
    #expect(row.scoresPerToken == 64 + 511 + 5 * 63)
    let context = try AttentionTestContext.make(methods: ["landmark"], base: 1e4, trained: 4096, target: 32_768)
    #expect(context.subjects[0].plan.effectiveDistance(query: 32_767, key: 0) == 32_767 - Double(506 * 64 - 64))
    // By quadrature for 379 keys at σ = 2.
    #expect(abs(row.entropyAtTarget - 4.1211) < 2e-3, "\(row.entropyAtTarget)")
    #expect(training.phaseSafeLength == 4096 && training.pairsWithNewAngles == 18)
  }
}
