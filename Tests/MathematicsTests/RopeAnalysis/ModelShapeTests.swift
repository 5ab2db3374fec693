import RealModule
import RopeAnalysis
import RopeMath
import Testing

/// Heads that rotate in part, latent attention and stages of training.
@Suite struct ModelShapeTests {
  /// Pythia-1.4B (32 of 128 features rotate) at 16k: YaRN ×8 multiplies rotated logits by 1.45907, whole ones by
  /// √(1.45907²/4 + 3/4) = 1.13237.
  @Test func partialRotaryHasItsOwnMultiplier() throws {
    let context = try AttentionTestContext.make(
      methods: ["yarn"], head: 128, rotary: 32, base: 1e4, trained: 2048, target: 16_384)
    let row = try #require(Comparison.rows(context, series: []).first)
    let squared = Double.pow(0.1 * .log(8) + 1, 2)
    #expect(abs(row.logitFactor - (squared * squared / 4 + 0.75).squareRoot()) < 1e-12)
    #expect(abs(row.logitFactor - 1.13237) < 1e-5)
    let own = try #require(Temperature.run(context).first { $0.method == "yarn" })
    #expect(abs((own.summary[.ownMultiplierAtTarget] ?? .nan) - row.logitFactor) < 1e-12)
    let reach = MeasuredReach(method: "yarn", plan: context.subjects[0].plan, trained: context.baseline)
    #expect(abs(reach.logitFactor - row.logitFactor) < 1e-12)
  }

  /// Llama-2 ×8, the 25 pairs that turn 1 to 32 times in 4,096 tokens, by numpy: told apart where Σθ′²/Σθ² is
  /// 0.9990 … 1.0000 for all but PI.
  @Test func middleRatioTellsBlendsApart() throws {
    let expected = ["linear": 0.125, "ntk": 0.33648, "yarn": 0.50145, "yarn-paper": 0.28849, "llama3": 0.67215]
    let context = try AttentionTestContext.make(
      methods: expected.keys.sorted(), base: 1e4, trained: 4096, target: 32_768)
    for row in Comparison.rows(context, series: []) {
      #expect(abs(row.middleRatio - (expected[row.label] ?? .nan)) < 1e-5, "\(row.label): \(row.middleRatio)")
    }
  }

  private static func latent(_ methods: [String], baseline: String, target: Int) throws -> AnalysisContext {
    let geometry = try RotaryGeometry(headDimension: 64, base: 1e4, trainedLength: 4096, unrotatedFeatures: 128)
    func bind(_ text: String, _ length: Int) throws -> BoundMethod {
      try BoundMethod(
        try MethodSpecification.parse(text), context: MethodContext(geometry: geometry, targetLength: length))
    }
    return AnalysisContext(
      geometry: geometry, baseline: try bind(baseline, target).plan(length: target), targetLength: target,
      subjects: try methods.map { try AnalysisSubject(label: $0, method: bind($0, target)) },
      ensemble: AttentionEnsemble(sampleCount: 2))
  }

  /// DeepSeek-V3 at 163,840: 64 features rotate beside 128 that do not. With t = gm(40)² = 1.87385 on all logits
  /// H = 5.678; with a² on the rotated ones alone σ′ = 2·√(1.87385²/3 + 2/3) = 2.7108 and H = 8.365 (by quadrature).
  @Test func latentAttentionCountsItsUnrotatedFeatures() throws {
    let trained = "yarn:factor=40,attention_factor=1+mla-mscale:factor=40,mscale_all_dim=1"
    let context = try Self.latent(["none", "linear:factor=40", "yarn:factor=40"], baseline: trained, target: 163_840)
    for series in ScoreByDistance.run(context) where series.series == "closed_form" {
      #expect(series.summary[.firstSignChange]?.isNaN == true, "\(series.method)")
    }
    let bound = try #require(BaseBound.run(context).first { $0.series == "closed_form" })
    #expect(bound.summary[.passes(at: .target)] == 1 && bound.y.allSatisfy { $0 == 163_840 })
    let entropy = AttentionEntropy.run(context).filter { $0.series == "closed_form" }
    let baseline = try #require(entropy.first { $0.method == "baseline" })
    #expect(abs((baseline.summary[.entropyAtTarget] ?? .nan) - 5.6782) < 2e-3)
    let plain = try #require(entropy.first { $0.method == "yarn:factor=40" })
    #expect(abs((plain.summary[.entropyAtTarget] ?? .nan) - 8.3647) < 2e-3)
    #expect(abs((plain.summary[.logitDeviationAtTarget] ?? .nan) - 2.7108) < 1e-4)
  }

  /// B′ = (64·B + 128)/192 at every distance of the curve.
  @Test func latentScoreIsTheWeightedMean() throws {
    let context = try Self.latent(["none"], baseline: "none", target: 8192)
    let curve = try #require(ScoreByDistance.run(context).first { $0.method == "none" && $0.series == "closed_form" })
    for (x, y) in zip(curve.x, curve.y) {
      let rotated = context.geometry.inverseFrequencies.reduce(0) { $0 + Double.cos(x * $1) } / 32
      #expect(abs(y - (64 * rotated + 128) / 192) < 1e-12)
    }
  }

  /// DeepSeek-V2-Lite at 320k: 27 layers of 16 heads, 192 features a key and 128 a value, 1.484e16 operations.
  @Test func latentOperations() {
    let shape = CacheShape(
      layers: 27, heads: 16, keyValueHeads: 16, headDimension: 192, latentDimension: 576, valueDimension: 128)
    let keys = 327_680.0 * 327_681 / 2
    #expect(shape.attentionOperations(length: 327_680) == 2 * 16 * 320 * 27 * keys)
    #expect(abs(shape.attentionOperations(length: 327_680) / 1.4844e16 - 1) < 1e-3)
  }

  /// Gemma 3: pre-trained on 32,768 tokens, then ×8 linear to 131,072. Pre-training showed twice the angles.
  @Test func stagesAreUnited() throws {
    let geometry = try RotaryGeometry(headDimension: 256, base: 1e6, trainedLength: 32_768)
    func bind(_ text: String) throws -> BoundMethod {
      try BoundMethod(
        try MethodSpecification.parse(text), context: MethodContext(geometry: geometry, targetLength: 262_144))
    }
    let context = AnalysisContext(
      geometry: geometry, baseline: try bind("linear:factor=8").plan(length: 131_072), targetLength: 262_144,
      subjects: try ["none", "linear:factor=8"].map { try AnalysisSubject(label: $0, method: bind($0)) },
      earlierStages: [try RotaryPlan(geometry: geometry, length: 32_768)])
    let coverage = Coverage.run(context)
    #expect(coverage.first { $0.series == "trained" }?.summary[.incompletePairs] == 48)
    #expect(
      coverage.first { $0.method == "linear:factor=8" && $0.series == "new_arc" }?.summary[.pairsWithNewAngles] == 0
    )
    for curve in coverage where curve.series == "new_arc" {
      let fewest = curve.summary[.fewestBins] ?? 1
      #expect((curve.summary[.worstDifference] ?? 1) <= 2 / fewest + 0.01, "\(curve.method)")
    }
    let safe = PhaseSafeLength.run(context)
    #expect(abs((safe.first { $0.method == "none" }?.summary[.phaseSafeLength] ?? 0) - 32_768) < 1e-6)
    #expect(abs((safe.first { $0.method != "none" }?.summary[.phaseSafeLength] ?? 0) - 262_144) < 1e-6)
  }

  /// LM-Infinite's ceiling lies one token beyond the trained distances: inside, by every number that says so.
  @Test func oneStepOutsideCountsAsInside() throws {
    let context = try AttentionTestContext.make(methods: ["lm-infinite"], base: 1e4, trained: 4096, target: 32_768)
    let counts = [Coverage.run(context), ExtrapolatedAngles.run(context)].flatMap { $0 }.filter {
      $0.method == "lm-infinite"
    }
    .compactMap { $0.summary[.pairsWithNewAngles] }
    #expect(counts == [0, 0])
    #expect(
      MeasuredReach(method: "lm-infinite", plan: context.subjects[0].plan, trained: context.baseline).pairsWithNewAngles
        == 0)
  }
}
