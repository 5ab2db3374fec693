import RealModule
import RopeAnalysis
import RopeMath
import RopeTestSupport
import Testing

/// Measured moments in place of the statistical model, against direct simulation and against the forms that they
/// contain as special cases.
@Suite struct MomentTests {
  private let geometry: RotaryGeometry
  private let moments: AttentionMoments

  /// Heads with a mean logit that falls with distance, and noise of σ 0.5 to 2.9.
  init() throws {
    geometry = try RotaryGeometry(headDimension: 32, base: 10_000, trainedLength: 512)
    var generator = SeededGenerator(seed: 4)
    moments = AttentionMoments(
      heads: (0..<24).map { head in
        AttentionMoments.Head(
          layer: head / 4, head: head % 4, cosine: (0..<16).map { _ in 0.5 * generator.nextUniform() },
          sine: (0..<16).map { _ in 0.2 * (generator.nextUniform() - 0.5) },
          variance: (0..<16).map { _ in (0.25 + Double(head) * Double(head) / 66) / 16 })
      }, pairCount: 16, tokens: 512)
  }

  private func context(_ methods: [String], target: Int, moments: AttentionMoments?) throws -> AnalysisContext {
    AnalysisContext(
      geometry: geometry, baseline: try RotaryPlan(geometry: geometry, length: 512), targetLength: target,
      subjects: try methods.map {
        try AnalysisSubject(
          label: $0,
          method: BoundMethod(try .parse($0), context: MethodContext(geometry: geometry, targetLength: target)))
      }, ensemble: AttentionEnsemble(logitDeviation: 2), moments: moments)
  }

  @Test func closedFormIsWhatSimulationFinds() throws {
    let context = try context(["none", "linear", "yarn", "ntk"], target: 2048, moments: moments)
    let series = AttentionEntropy.run(context)
    var worst = 0.0
    for subject in context.subjects {
      let curve = try #require(series.first { $0.method == subject.label && $0.series == "closed_form" })
      for length in [256, 2048] {
        let place = try #require(curve.x.firstIndex(of: Double(length)))
        let plan = try subject.method.plan(length: length)
        let (mean, error) = SampledEntropy.mean(of: moments, plan, length: length, times: length > 1000 ? 30 : 120)
        let miss = abs(curve.y[place] - mean)
        worst = max(worst, miss / error)
        #expect(miss <= 4 * error + 2e-3, "\(subject.label) at \(length): \(curve.y[place]) against \(mean) ± \(error)")
      }
      let points = try #require(series.first { $0.method == subject.label && $0.series == "simulated" })
      #expect(points.summary[.worstStandardErrors] ?? .infinity < 4.5)
    }
    #expect(worst.isFinite)
  }

  @Test func equalMeansAreTheGaussianForm() throws {
    for deviation in [0.5, 2, 3.7, 7.9, 8.7, 15] {
      let flat = AttentionMoments(
        heads: [
          AttentionMoments.Head(
            layer: 0, head: 0, cosine: Array(repeating: 0, count: 16), sine: Array(repeating: 0, count: 16),
            variance: Array(repeating: deviation * deviation / 16, count: 16))
        ], pairCount: 16)
      let curve = try #require(
        AttentionEntropy.run(try context(["none"], target: 4096, moments: flat)).first { $0.method == "none" })
      let gaussian = GaussianEntropy(deviation: deviation)
      let error = zip(curve.x, curve.y).map { abs($1 - gaussian.entropy(keys: $0)) }.max() ?? .infinity
      #expect(error <= 3e-4, "σ = \(deviation): off by \(error)")
    }
  }

  @Test func heldTemperatureGivesTheTrainedEntropy() throws {
    let context = try context(["none", "yarn:factor=4"], target: 2048, moments: moments)
    let temperature = Temperature.run(context)
    let held = try #require(temperature.first { $0.series == "holding" })
    let multiplier = try #require(held.summary[.holdingMultiplierAtTarget])
    #expect(multiplier > 1 && held.y[0] == 1)
    // A plan whose logits are multiplied by it has the trained entropy.
    var sharpened = moments
    for index in sharpened.heads.indices {
      sharpened.heads[index].cosine = sharpened.heads[index].cosine.map { $0 * multiplier }
      sharpened.heads[index].sine = sharpened.heads[index].sine.map { $0 * multiplier }
      sharpened.heads[index].variance = sharpened.heads[index].variance.map { $0 * multiplier * multiplier }
    }
    func entropy(_ moments: AttentionMoments, at length: Double) throws -> Double {
      let curve = AttentionEntropy.run(try self.context(["none"], target: 2048, moments: moments))
        .first { $0.method == "none" && $0.series == "closed_form" }
      return try #require(curve.flatMap { curve in curve.x.firstIndex(of: length).map { curve.y[$0] } })
    }
    let wanted = try entropy(moments, at: 512), reached = try entropy(sharpened, at: 2048)
    // Means stand in bins of 0.1 nats, which multiplying them moves.
    #expect(abs(wanted - reached) <= 1e-3, "\(reached) in place of \(wanted)")
    // Each method needs its own, its temperature taken off.
    let yarn = try #require(temperature.first { $0.method == "yarn:factor=4" }?.summary)
    #expect(yarn[.holdingMultiplierAtTarget] != multiplier && yarn[.ownMultiplierAtTarget] ?? 0 > 1.2)
  }

  @Test func meanLogitIsTheSumOverPairs() throws {
    let context = try context(["linear"], target: 1024, moments: moments)
    let curve = try #require(ScoreByDistance.run(context).first { $0.method == "linear" && $0.series == "closed_form" })
    let plan = context.subjects[0].plan
    let error =
      zip(curve.x, curve.y).map { distance, value in
        let mean =
          moments.heads.reduce(0.0) { sum, head in
            sum
              + plan.inverseFrequencies.indices.reduce(0) {
                $0 + head.cosine[$1] * .cos(distance * plan.inverseFrequencies[$1])
                  - head.sine[$1] * .sin(distance * plan.inverseFrequencies[$1])
              }
          } / Double(moments.heads.count)
        return abs(mean - value)
      }.max() ?? .infinity
    #expect(error <= 1e-12, "off by \(error)")
    #expect(curve.unit == "nats")
  }

  @Test func wrongMomentsAreNamed() {
    var wrong = moments
    #expect(wrong.fault == nil)
    wrong.heads[3].variance[2] = -1
    #expect(wrong.fault?.contains("layer 0, head 3") == true)
    wrong = moments
    wrong.heads[0].cosine.removeLast()
    #expect(wrong.fault?.contains("16 finite numbers") == true)
    wrong.heads = []
    #expect(wrong.fault != nil)
  }

  @Test func impossibleMomentsAreNamed() {
    func fault(_ change: (inout AttentionMoments) -> Void) -> String {
      var wrong = moments
      change(&wrong)
      return wrong.fault ?? "nothing"
    }
    #expect(fault { $0.heads[1].cosine[2] = -10_001 }.contains("layer 0, head 1: cosines and sines"))
    #expect(
      fault { $0.heads[0].sine = Array(repeating: 6300, count: 16) }.contains("100000 nats at most over all pairs"))
    #expect(fault { $0.heads[0].cosine = Array(repeating: 6000, count: 16) } == "nothing")
    #expect(fault { $0.heads = Array(repeating: $0.heads[0], count: 4097) }.contains("at most 4096"))
    #expect(fault { $0.tokens = -1 }.contains("number of tokens is -1"))
    #expect(fault { $0.tokens = .max }.contains("number of tokens"))
    for position in [-1, 1 << 40, .max] {
      #expect(
        fault { $0.entropies = [.init(position: position, mean: 1, deviation: 1)] }.contains("position \(position)"))
    }
    let wrong: [(Double, Double)] = [(1e308, 1), (-1, 1), (1, -1), (.nan, 1), (1, .infinity)]
    for (mean, deviation) in wrong {
      #expect(
        fault { $0.entropies = [.init(position: 7, mean: mean, deviation: deviation)] }.contains(
          "the entropy at position 7"))
    }
    #expect(fault { $0.entropies = [.init(position: 0, mean: 0, deviation: 0)] } == "nothing")
  }

  /// Closed-form entropy of one head under plain rotation at 512 tokens.
  private func entropy(cosine: [Double], variance: Double) throws -> Double {
    let head = AttentionMoments.Head(
      layer: 0, head: 0, cosine: cosine, sine: Array(repeating: 0, count: 16),
      variance: Array(repeating: variance, count: 16))
    let moments = AttentionMoments(heads: [head], pairCount: 16)
    #expect(moments.fault == nil)
    let curve = try #require(
      AttentionEntropy.run(try context(["none"], target: 512, moments: moments)).first { $0.method == "none" })
    return try #require(curve.y.last)
  }

  @Test func farMeansLeaveTheNearOnesAsTheyAre() throws {
    // One pair of 9,000 nats: keys after whole turns lie near the largest mean, others thousands of nats below it.
    let found = try entropy(cosine: [9000] + Array(repeating: 0, count: 15), variance: 1e-4)
    let weights = (0..<512).map { Double.exp(9000 * (Double.cos(Double($0)) - 1)) }
    let sum = weights.reduce(0, +)
    let direct = -weights.filter { $0 > 0 }.reduce(0) { $0 + $1 / sum * Double.log($1 / sum) }
    #expect(abs(found - direct) <= 0.03, "\(found) in place of \(direct)")
  }

  @Test func hugeDeviationsContinueTheLargestOne() throws {
    let cosine = (0..<16).map { Double($0 % 5) }
    let plain = try entropy(cosine: cosine, variance: 25)
    // σ = 1000, and means that are fifty times as far apart.
    let huge = try entropy(cosine: cosine.map { 50 * $0 }, variance: 62_500)
    #expect(abs(50 * huge - plain) <= 0.01, "\(huge) beside \(plain)")
  }
}
