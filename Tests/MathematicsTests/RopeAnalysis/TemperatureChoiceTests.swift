import RopeAnalysis
import RopeMath
import Testing

@Suite struct TemperatureChoiceTests {
  /// κ of 32,768 against 4,096 keys, by an independent quadrature of Φ and F on fine grids.
  static let held = [(1.0, 2.279320), (1.5, 1.701281), (2, 1.453935), (2.5, 1.333330), (3, 1.269178)]

  private static func baseline() throws -> RotaryPlan {
    try RotaryPlan(geometry: RotaryGeometry(headDimension: 128, base: 1e4, trainedLength: 4096), length: 4096)
  }

  @Test(arguments: held)
  func holdsTheEntropy(deviation: Double, expected: Double) throws {
    let value = TemperatureChoice.holdingMultiplier(
      deviation: deviation, baseline: try Self.baseline(), targetLength: 32_768)
    #expect(abs(value - expected) < 2e-6, "\(value)")
  }

  /// YaRN's 1.459 at ×8 is nearest for small σ, dual chunk attention's 1.219 for large σ; they tie at σ = 2.5, where
  /// √(1.459 · 1.219) = 1.3336 is κ.
  @Test func choiceFollowsDeviation() throws {
    let candidates = [
      TemperatureChoice.Candidate(label: "linear", multiplier: 1), .init(label: "dca", multiplier: 1.219),
      .init(label: "yarn", multiplier: 1.459),
    ]
    for (deviation, wanted) in [(1.0, "yarn"), (1.5, "yarn"), (2, "yarn"), (2.5, "dca"), (3, "dca")] {
      let choice = TemperatureChoice(
        ensemble: AttentionEnsemble(logitDeviation: deviation), baseline: try Self.baseline(), targetLength: 32_768,
        candidates: candidates)
      #expect(choice.choice?.label == wanted)
      #expect(choice.isTie == (deviation == 2.5))
    }
  }

  @Test func tellsTies() {
    let choice = TemperatureChoice(
      holdingMultiplier: 1.1434,
      candidates: [
        .init(label: "yarn", multiplier: 1.1522), .init(label: "yarn-paper", multiplier: 1.1440),
        .init(label: "linear", multiplier: 1),
      ])
    #expect(choice.nearest.map(\.label) == ["yarn-paper", "yarn"])
    #expect(choice.isTie)
    let equal = TemperatureChoice(
      holdingMultiplier: 1.4, candidates: [.init(label: "a", multiplier: 1), .init(label: "b", multiplier: 1)])
    #expect(equal.nearest.map(\.label) == ["a", "b"])
  }

  @Test func ownMultiplierOfACandidateCounts() {
    let choice = TemperatureChoice(
      holdingMultiplier: 1.5,
      candidates: [.init(label: "a", multiplier: 1.4), .init(label: "b", multiplier: 1.2, holdingMultiplier: 1.2)])
    #expect(choice.choice?.label == "b")
  }

  @Test func nothingIsNearWhereNothingIsHeld() throws {
    let candidates = [TemperatureChoice.Candidate(label: "a", multiplier: 1)]
    let fewer = TemperatureChoice(
      ensemble: AttentionEnsemble(), baseline: try Self.baseline(), targetLength: 1024, candidates: candidates)
    #expect(fewer.holdingMultiplier.isNaN)
    #expect(fewer.choice == nil && !fewer.isTie)
    let same = TemperatureChoice(
      ensemble: AttentionEnsemble(), baseline: try Self.baseline(), targetLength: 4096, candidates: candidates)
    #expect(same.holdingMultiplier == 1)
    #expect(TemperatureChoice(holdingMultiplier: 1.2, candidates: []).choice == nil)
    #expect(TemperatureChoice(holdingMultiplier: 1.2, candidates: [.init(label: "a", multiplier: 0)]).choice == nil)
  }

  /// Partial rotary: Pythia's YaRN ×8 multiplies a whole logit by 1.132, not by 1.459: √(a⁴ d/D + 1 − d/D).
  @Test func multiplierCountsUnrotatedFeatures() throws {
    let geometry = try RotaryGeometry(headDimension: 128, rotaryDimension: 32, base: 1e4, trainedLength: 2048)
    let yarn = try BoundMethod(
      MethodSpecification.parse("yarn"), context: MethodContext(geometry: geometry, targetLength: 16_384)
    ).plan(length: 16_384)
    let value = TemperatureChoice.multiplier(of: yarn, baseline: try RotaryPlan(geometry: geometry, length: 2048))
    #expect(abs(value - 1.1324) < 1e-4)
  }
}
