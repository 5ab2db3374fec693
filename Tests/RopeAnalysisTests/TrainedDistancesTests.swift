import RopeAnalysis
import RopeMath
import Testing

/// What training showed and how often, against sums by hand.
@Suite struct TrainedDistancesTests {
  @Test func listsAreRead() throws {
    let stages = try TrainingStage.parseList("8k:0.9, 128k:0.1")
    #expect(stages == [try TrainingStage(length: 8192, weight: 0.9), try TrainingStage(length: 131_072, weight: 0.1)])
    #expect(try TrainingStage.parseList("4096").map(\.weight) == [1])
    #expect(try TrainingStage.parseList("8k,128k").map(\.length) == [8192, 131_072])
  }

  @Test(arguments: [
    ("", TrainingStageError.syntax("")), ("8k:0.9,", .syntax("")), ("8k:1:2", .syntax("8k:1:2")), ("x:1", .length("x")),
    ("0:1", .length("0")), ("8k:-1", .weight("-1")), ("8k:nan", .weight("nan")), ("8k:much", .weight("much")),
    ("8k:0", .weight("0")), ("8k:0.5,128k", .someWeights),
  ])
  func whatDoesNotReadIsSaid(_ text: String, _ expected: TrainingStageError) {
    #expect(throws: expected) { try TrainingStage.parseList(text) }
  }

  /// 0.9 of the tokens at 8,192 and 0.1 at 131,072: at Δ = 4,096 0.9·(1 − 1/2) + 0.1·(1 − 1/32) = 0.546875; beyond 8,192
  /// the long stage alone, at 65,536 0.1/2.
  @Test func sharesOfDistances() throws {
    let geometry = try RotaryGeometry(headDimension: 128, base: 5e5, trainedLength: 8192)
    let training = try #require(
      try TrainedDistances(TrainingStage.parseList("8k:0.9,128k:0.1"), geometry: geometry) {
        length throws(MethodError) in
        try BoundMethod(
          MethodSpecification("linear", ["factor": .number(4)]), context: MethodContext(geometry: geometry, targetLength: length)
        ).plan(length: length)
      })
    #expect(training.longest == 131_072 && training.hasKnownWeights)
    #expect(training.share(seeing: 0) == 1)
    #expect(abs(training.share(seeing: 4096) - 0.546875) < 1e-15)
    #expect(abs(training.share(seeing: 65_536) - 0.05) < 1e-15)
    #expect(training.share(seeing: 131_072) == 0 && training.share(seeing: 1e9) == 0)
    // Pair 0 turns by 1 a token, by 1/4 in the long stage: 4,096 rad are Δ = 4,096 and Δ = 16,384.
    #expect(abs(training.share(seeing: 4096, pair: 0) - (0.9 * 0.5 + 0.1 * (1 - 16_384 / 131_072.0))) < 1e-12)
    #expect(training.largestAngle(pair: 0) == 131_072 / 4)
    #expect(training.share(seeing: 1, pair: 64) == 0 && training.largestAngle(pair: 64) == 0)
  }

  /// A context that is told its stages judges by them: what only 10 % of the tokens showed still counts as shown.
  @Test func contextsJudgeByTheirStages() throws {
    let geometry = try RotaryGeometry(headDimension: 128, base: 5e5, trainedLength: 8192)
    func coverage(_ stages: [TrainedDistances.Stage]) throws -> Double {
      let context = MethodContext(geometry: geometry, targetLength: 131_072)
      let analysed = AnalysisContext(
        geometry: geometry, baseline: try RotaryPlan(geometry: geometry, length: 8192), targetLength: 131_072,
        subjects: [try AnalysisSubject(label: "none", method: BoundMethod(MethodSpecification("none"), context: context))],
        training: TrainedDistances(stages: stages))
      return try #require(Coverage.run(analysed).first { $0.series == "new_arc" }?.summary["pairs_with_new_angles"])
    }
    let short = TrainedDistances.Stage(try RotaryPlan(geometry: geometry, length: 8192), weight: 0.9)
    let long = TrainedDistances.Stage(try RotaryPlan(geometry: geometry, length: 131_072), weight: 0.1)
    // Pairs of θ_i = 500000^(−i/64) with 8192·θ_i < 2π: i ≥ 35.
    #expect(try coverage([short]) == 29)
    #expect(try coverage([short, long]) == 0 && coverage([long, short]) == 0)
    #expect(TrainedDistances(stages: []) == nil)
  }
}
