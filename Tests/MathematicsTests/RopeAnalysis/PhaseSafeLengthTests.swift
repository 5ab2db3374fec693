import RealModule
import RopeAnalysis
import RopeMath
import Testing

@Suite struct PhaseSafeLengthTests {
  typealias Models = FrequencyTestContext

  struct Anchor: Sendable {
    let model: Models.Model
    let method: String
    let tokens: Int
  }

  /// Phase-safe lengths at the target, in whole tokens.
  @Test(arguments: [
    Anchor(model: Models.qwen, method: "none", tokens: 32_768),
    Anchor(model: Models.qwen, method: "linear", tokens: 131_072),
    Anchor(model: Models.qwen, method: "yarn", tokens: 131_072),
    Anchor(model: Models.qwen, method: "llama3", tokens: 131_072),
    Anchor(model: Models.qwen, method: "ntk", tokens: 79_015),
    Anchor(model: Models.qwen, method: "dynamic", tokens: 112_725),
    Anchor(model: Models.llama2, method: "ntk", tokens: 18_696),
    Anchor(model: Models.llama2, method: "dynamic", tokens: 29_586),
    Anchor(model: Models.llama2, method: "yarn", tokens: 32_768),
    Anchor(model: Models.llama3, method: "ntk", tokens: 38_225),
    Anchor(model: Models.llama3, method: "dynamic", tokens: 55_198),
    Anchor(model: Models.smol, method: "ntk", tokens: 12_812),
    Anchor(model: Models.smol, method: "dynamic", tokens: 16_642),
  ])
  func publishedModelsMeetTheirLengths(_ anchor: Anchor) throws {
    let series = PhaseSafeLength.run(try Models.make(anchor.model, [anchor.method]))
    let length = try Models.value(series, .phaseSafeLength, of: anchor.method)
    #expect(abs(length - Double(anchor.tokens)) < 0.51, "\(anchor.model) \(anchor.method): \(length)")
  }

  /// The limiting pair is the first that completes no turn.
  @Test(arguments: [(Models.qwen, 40), (Models.llama2, 46), (Models.llama3, 35), (Models.smol, 20)])
  func firstIncompletePairLimits(model: Models.Model, pair: Int) throws {
    let series = PhaseSafeLength.run(try Models.make(model, ["ntk"]))
    #expect(try Models.value(series, .limitingPair, of: "ntk") == Double(pair))
  }

  /// Dynamic NTK, factor 2, at 2, 4, 8 and 16 times the trained length: 2.23, 4.14, 7.22 and 12.27 times.
  @Test(arguments: [(2, 2.23), (4, 4.14), (8, 7.22), (16, 12.27)])
  func dynamicFallsBehindBetweenFourAndEight(multiple: Int, expected: Double) throws {
    let context = try Models.make(Models.llama2, ["dynamic"], target: 4096 * multiple)
    let length = try Models.value(PhaseSafeLength.run(context), .phaseSafeLength, of: "dynamic")
    #expect(abs(length / 4096 - expected) < 0.006)
  }

  /// Every position of every pair visited: the first unseen angle stands one token behind the closed form.
  @Test func closedFormMeetsEveryPosition() throws {
    let context = try Models.make(Models.small, Models.methods)
    var worst = 0.0
    for (subject, series) in zip(context.subjects, PhaseSafeLength.run(context)) where subject.label != "partial" {
      let closed = try #require(series.summary[.phaseSafeLength])
      let arcs = context.baseline.inverseFrequencies.map { $0 * Double(context.trainedLength) }
      let first = (0...context.targetLength).first { position in
        zip(subject.plan.inverseFrequencies, arcs).contains { frequency, arc in
          arc < 2 * .pi
            && (Double(position) * frequency).truncatingRemainder(dividingBy: 2 * .pi) > arc * (1 + 1e-9)
        }
      }
      let simulated = try #require(series.summary[.firstNewPositionSimulated])
      guard let first else {
        #expect(simulated.isNaN && closed >= Double(context.targetLength) - 1, "\(subject.label)")
        continue
      }
      #expect(simulated == Double(first), "\(subject.label)")
      #expect(Double(first) > closed && Double(first) - closed <= 1 + 1e-9, "\(subject.label): \(first) \(closed)")
      worst = max(worst, Double(first) - closed)
    }
    print("phase-safe length: first unseen position at most \(worst) tokens behind the closed form")
  }

  /// For NTK-aware scaling (L/L0)^((d−2)/(2·i_c)): 2.58, 6.68 and 17.25 for Llama-2 at 2, 4 and 8 times its length.
  @Test(arguments: [(2, 2.58), (4, 6.68), (8, 17.25)])
  func neededFactorOfNTKMeetsClosedForm(multiple: Int, published: Double) throws {
    let context = try Models.make(Models.llama2, ["ntk"], target: 4096 * multiple)
    let factor = try Models.value(PhaseSafeLength.run(context), .neededFactor, of: "ntk")
    let closed = Double.pow(Double(multiple), 126.0 / 92.0)
    #expect(abs(factor / closed - 1) < 1e-9)
    #expect(abs(factor - published) < 0.005)
  }

  @Test func neededFactorIsTheRatioWherePairsAreFullyInterpolated() throws {
    let series = PhaseSafeLength.run(
      try Models.make(Models.qwen, ["linear", "yarn", "llama3", "none", "linear:factor=2"]))
    for method in ["linear", "yarn", "llama3", "linear:factor=2"] {
      #expect(try Models.value(series, .neededFactor, of: method) == 4)
    }
    #expect(series.first { $0.method == "none" }?.summary[.neededFactor] == nil)
    let kept = try Models.value(series, .neededResolutionKept, of: "linear:factor=2")
    #expect(abs(kept - 1.0 / 16) < 1e-12)
    #expect(try Models.value(series, .neededEntropyShiftAtTrained, of: "yarn") < -0.1)
    #expect(try Models.value(series, .neededEntropyShiftAtTrained, of: "linear") == 0)
  }

  /// A model whose file is scaled is judged by its own plan: llama3 ×8 at 131,072 is trained there, and twice as far
  /// takes half the frequency of its slow pairs.
  @Test func scaledFileIsItsOwnBaseline() throws {
    let own = "llama3:factor=8"
    let context = try Models.make(
      Models.llama3, [own, "llama3:factor=16"], baseline: own, baselineLength: 131_072, target: 262_144)
    let series = PhaseSafeLength.run(context)
    #expect(abs(try Models.value(series, .phaseSafeLength, of: own) - 131_072) < 1e-6)
    // Pairs between the ramp's ends are incomplete or not by the scaled wavelengths, so the closed form is the minimum
    // of the angles' ratios.
    let plan = context.subjects[1].plan
    let closed = zip(context.baseline.inverseFrequencies, plan.inverseFrequencies)
      .filter { $0.0 * 131_072 < 2 * .pi }.map { $0.0 / $0.1 * 131_072 }.min()
    #expect(try Models.value(series, .phaseSafeLength, of: "llama3:factor=16") == closed)
  }

  /// A share of the head that the model does not rotate is judged against a model trained with that share.
  @Test func anotherRotaryShareIsJudgedByItsOwnTraining() throws {
    let series = PhaseSafeLength.run(try Models.make(Models.qwen, ["partial"]))
    #expect(abs(try Models.value(series, .phaseSafeLength, of: "partial") - 32_768) < 1e-6)
  }
}
