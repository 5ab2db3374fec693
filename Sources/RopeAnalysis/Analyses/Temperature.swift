import RealModule
import RopeMath

/// The factor on the logits that would keep attention as sharp as in training, beside what methods apply.
public enum Temperature: Analysis {
  public static let card = AnalysisCard(
    id: "temperature", title: "Logit multiplier against context length", unit: "multiple of the trained logits",
    xLabel: "Context length (tokens)",
    formula:
      "held: H(n, κσ) = H(L0, σ), for many keys κ = √(1 + 2 ln(n/L0)/σ²); YaRN (0.1 ln s + 1)²; log n ln n/ln L0; LongRoPE 1 + ln s/ln L0, the same number",
    caveat: "κ keeps the entropy of independent Gaussian logits with the ensemble's σ; another σ gives another κ.",
    references: [
      .arXiv("2309.00071", "YaRN", "eq. 22"), .arXiv("2202.12172", "Chiang & Cholak", "§5.3"),
      .arXiv("2402.13753", "LongRoPE", "§3.3"),
    ])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let last = min(RotaryGeometry.largestLength, max(4 * target, trained))
    // Half octaves, so that curves look like curves; with measured heads each length is a computation of its own.
    let between =
      context.moments == nil
      ? (0..<60).map { Double(trained) * .exp2(Double($0) / 2) }.filter { $0 < Double(last) }.map { Int($0.rounded()) }
      : []
    let lengths = LengthGrid.powersOfTwo(from: trained, to: last, including: [trained, target, last] + between)
      .filter { $0 >= trained }
    let measured = context.moments.map { MomentMultipliers($0, baseline: context.baseline) }
    let sigma = context.moments?.logitDeviation ?? context.ensemble.logitDeviation
    let base = context.baseline.logitDeviation(of: 1, query: trained - 1)
    let keys = Double(context.baseline.keyCount(query: trained - 1))
    func ratio(_ length: Int) -> Double { Double(length) / Double(trained) }
    func holding(_ length: Int) -> Double {
      if let measured { return measured.holding(context.baseline, length: length) }
      return GaussianEntropy.holdingMultiplier(
        keys: Double(context.baseline.keyCount(query: length - 1)), referenceKeys: keys,
        deviation: base * sigma)
    }
    func highTemperature(_ length: Int) -> Double {
      GaussianEntropy.highTemperatureMultiplier(
        keys: Double(context.baseline.keyCount(query: length - 1)), referenceKeys: keys,
        deviation: base * sigma)
    }
    let held = lengths.map(holding)
    let heldAtTarget = lengths.firstIndex(of: target).map { held[$0] } ?? holding(target)
    func series(_ name: String, _ label: String, _ y: [Double], _ summary: [SummaryKey: Double] = [:]) -> AnalysisSeries
    {
      card.curve(name, x: lengths.map(Double.init), y, method: label, length: target, summary: summary)
    }
    let references = [
      series(
        "holding", "baseline", held,
        [
          .holdingMultiplierAtTarget: heldAtTarget,
          .holdingHighTemperatureAtTarget: highTemperature(target), .logitDeviation: sigma,
          .fromMoments: measured == nil ? 0 : 1,
        ]),
      series("holding_high_temperature", "baseline", lengths.map(highTemperature)),
      series(
        "yarn_law", "baseline",
        lengths.map { length in
          let factor = YaRNTemperature.magnitude(scale: ratio(length))
          return factor * factor
        }),
      series("logn_law", "baseline", lengths.map { 1 + .log(ratio($0)) / .log(Double(trained)) }),
    ]
    // Methods that differ by their temperature alone ask for the same multiplier.
    var replaced: [RotaryPlan: Double] = [:]
    func replacing(_ plan: RotaryPlan) -> Double? {
      guard let measured else { return nil }
      let plain = MomentMultipliers.withoutTemperature(plan, baseline: context.baseline)
      if let known = replaced[plain] { return known }
      let value = measured.holding(plain, length: target)
      replaced[plain] = value
      return value
    }
    let methods = context.subjects.map { subject in
      func own(_ length: Int) -> Double {
        guard let plan = try? subject.method.plan(length: length) else { return .nan }
        return plan.logitDeviation(of: 1, query: length - 1) / base
      }
      let atTarget = own(target)
      // σ from κ² = 1 + 2 ln s/σ² for the method's own κ.
      let exact = (2 * Double.log(ratio(target)) / (atTarget * atTarget - 1)).squareRoot()
      let held = replacing(subject.plan) ?? heldAtTarget
      return series(
        "own", subject.label, lengths.map(own),
        [
          .ownMultiplierAtTarget: atTarget, .ownMultiplierAtTrained: own(trained),
          .holdingMultiplierAtTarget: held,
          .deviationHeldExactly: atTarget > 1 && target > trained && measured == nil ? exact : .nan,
          .logitDeviation: sigma,
        ])
    }
    return references + methods
  }
}

extension SummaryKey {
  /// Multiples of the trained logits: what holds the entropy at the target, exactly and for high temperatures; the method's own.
  public static let holdingMultiplierAtTarget = Self("holding_multiplier_at_target"),
    holdingHighTemperatureAtTarget = Self("holding_high_temperature_at_target"),
    ownMultiplierAtTarget = Self("own_multiplier_at_target"),
    ownMultiplierAtTrained = Self("own_multiplier_at_trained")
  /// Nats: σ for which the method's own holds the entropy.
  public static let deviationHeldExactly = Self("deviation_held_exactly")
}
