import RopeAnalysis
import RopeMath
import Testing

/// What training showed and how often, against sums by hand.
@Suite struct TrainedDistancesTests {
  @Test func listsAreRead() throws {
    let stages = try TrainedStage.parseList("8k:0.9, 128k:0.1")
    #expect(stages == [try TrainedStage(length: 8192, weight: 0.9), try TrainedStage(length: 131_072, weight: 0.1)])
    #expect(try TrainedStage.parseList("4096").map(\.weight) == [1])
    #expect(try TrainedStage.parseList("4k:9,2k/16k:1").last == TrainedStage(length: 2048, weight: 1, reach: 16_384))
    #expect(try TrainedStage.parseList("8k,128k").map(\.length) == [8192, 131_072])
  }

  @Test(arguments: [
    ("", TrainedStageError.syntax("")), ("8k:0.9,", .syntax("")), ("8k:1:2", .syntax("8k:1:2")), ("x:1", .length("x")),
    ("0:1", .length("0")), ("8k:-1", .weight("-1")), ("8k:nan", .weight("nan")), ("8k:much", .weight("much")),
    ("8k:0", .weight("0")), ("8k/2k:1", .reach("2048")), ("8k/x", .reach("x")), ("1k/2k/3k", .length("1k/2k/3k")),
    ("8k:0.5,128k", .someWeights),
  ])
  func whatDoesNotReadIsSaid(_ text: String, _ expected: TrainedStageError) {
    #expect(throws: expected) { try TrainedStage.parseList(text) }
  }

  /// 0.9 of the tokens at 8,192 and 0.1 at 131,072: at Δ = 4,096 0.9·(1 − 1/2) + 0.1·(1 − 1/32) = 0.546875; beyond 8,192
  /// the long stage alone, at 65,536 0.1/2.
  @Test func sharesOfDistances() throws {
    let geometry = try RotaryGeometry(headDimension: 128, base: 5e5, trainedLength: 8192)
    let training = try #require(
      try TrainedDistances(TrainedStage.parseList("8k:0.9,128k:0.1"), geometry: geometry) {
        length throws(MethodError) in
        try BoundMethod(
          MethodSpecification("linear", ["factor": .number(4)]),
          context: MethodContext(geometry: geometry, targetLength: length)
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

  /// Windows of 512 tokens in 2,048 positions, every cut and every skip of PoSE's code counted one by one.
  @Test(arguments: [
    (0.0, 1.0), (1, 0.9960950207384585), (100, 0.6527305111608921), (300, 0.20567101383643566),
    (511, 0.05568185283832142),
    (1024, 0.05568185283832142), (1800, 0.026616669197554087), (2000, 0.0014029349610645786), (2048, 0), (1e6, 0),
  ])
  func skippedPositions(distance: Double, expected: Double) throws {
    let geometry = try RotaryGeometry(headDimension: 8, trainedLength: 512)
    let plan = try RotaryPlan(geometry: geometry, length: 2048)
    #expect(abs(TrainedDistances.Stage(plan, window: 512).share(seeing: distance) - expected) < 2e-3)
    let told = try TrainedDistances([TrainedStage(length: 512, reach: 2048)], geometry: geometry) {
      _ throws(MethodError) in plan
    }
    #expect(told?.stages == [TrainedDistances.Stage(plan, window: 512)] && told?.longest == 2048)
  }

  /// The slowest pairs of a model that skipped positions saw the angles of the whole reach, the far ones seldom.
  @Test func exposureOfSkippedPositions() throws {
    let geometry = try RotaryGeometry(headDimension: 16, base: 1e6, trainedLength: 512)
    let plan = try RotaryPlan(geometry: geometry, length: 2048)
    let context = AnalysisContext(
      geometry: geometry, baseline: plan, targetLength: 2048, subjects: [],
      training: TrainedDistances(stages: [TrainedDistances.Stage(plan, window: 512)]))
    let map = try #require(ExposureMap.run(context).first { $0.series == "exposure" })
    // Of each pair Σ E·width is one turn; the slowest pair turns by 2048·10^(−21/4) rad at most.
    let bins = ExposureMap.bins, last = Array(map.y.suffix(bins)), edges = Array(map.x.suffix(bins))
    let sum = zip(last, zip(edges, [0] + edges)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
    #expect(abs(sum - 2 * Double.pi) < 1e-9)
    #expect(zip(edges, last).allSatisfy { $0 < 2048 * 5.623413251903491e-06 * 0.9 || $1 < 0.06 * last[0] })
    #expect(map.y.allSatisfy { $0 >= 0 && $0.isFinite })
  }

  /// A context that is told its stages judges by them: what only 10 % of the tokens showed still counts as shown.
  @Test func contextsJudgeByTheirStages() throws {
    let geometry = try RotaryGeometry(headDimension: 128, base: 5e5, trainedLength: 8192)
    func coverage(_ stages: [TrainedDistances.Stage]) throws -> Double {
      let context = MethodContext(geometry: geometry, targetLength: 131_072)
      let analysed = AnalysisContext(
        geometry: geometry, baseline: try RotaryPlan(geometry: geometry, length: 8192), targetLength: 131_072,
        subjects: [
          try AnalysisSubject(label: "none", method: BoundMethod(MethodSpecification("none"), context: context))
        ],
        training: TrainedDistances(stages: stages))
      return try #require(Coverage.run(analysed).first { $0.series == "new_arc" }?.summary[.pairsWithNewAngles])
    }
    let short = TrainedDistances.Stage(try RotaryPlan(geometry: geometry, length: 8192), weight: 0.9)
    let long = TrainedDistances.Stage(try RotaryPlan(geometry: geometry, length: 131_072), weight: 0.1)
    // Pairs of θ_i = 500000^(−i/64) with 8192·θ_i < 2π: i ≥ 35.
    #expect(try coverage([short]) == 29)
    #expect(try coverage([short, long]) == 0 && coverage([long, short]) == 0)
    #expect(TrainedDistances(stages: []) == nil)
  }
}
