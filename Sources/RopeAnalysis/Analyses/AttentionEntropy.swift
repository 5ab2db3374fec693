import RealModule
import RopeMath

/// Entropy of attention over n keys for isotropic queries and keys: exact closed form, and simulation beside it.
public enum AttentionEntropy: Analysis {
  public static let isLong = true
  public static let card = AnalysisCard(
    id: "attention-entropy", title: "Attention entropy, isotropic queries and keys", unit: "nats",
    xLabel: "Context length (tokens)",
    formula:
      "H = F − σ′F′(σ′), F(σ) = ∫[e^(−e^l) − (E exp(−e^(l + σg)))^n] d l; σ′ = t·g(n−1)·σ·√(a⁴d/D + 1 − d/D); for many keys H ≈ ln n − σ′²/2",
    caveat:
      "Isotropic queries and keys are a model: rotation leaves their logits' distribution alone, so methods differ here by temperature, decay and visible keys only. Decaying methods that also re-map or hide keys have no value, nor have those that change logits with distance or scale each head. A sink counts as one more outcome of the softmax, and several heads' sinks as their mean entropy; those rows are not simulated. Logits of real heads are neither Gaussian nor independent.",
    references: [
      .arXiv("2309.00071", "YaRN", "§3.4"), .arXiv("2202.12172", "Chiang & Cholak", "§5.3"),
      Reference("Derrida", source: "Phys. Rev. B 24, 2613 (1981)", place: "random-energy model"),
    ])

  /// Keys of the longest simulated row.
  public static let largestSimulatedLength = 131_072

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    if let moments = context.moments { return run(context, moments) }
    let trained = context.trainedLength, target = context.targetLength
    let lengths = LengthGrid.powersOfTwo(from: 256, to: max(target, trained), including: [trained, target])
    let baseline = Row(label: "baseline", lengths: lengths, context: context) { _ in context.baseline }
    let rows =
      [baseline]
      + context.subjects.map { subject in
        Row(label: subject.label, lengths: lengths, context: context) { try? subject.method.plan(length: $0) }
      }
    let exact = closedForms(of: rows)
    let short = Set(rows.flatMap { $0.demands.compactMap { $0 } }.filter { $0.keys <= largestSimulatedLength })
    let simulated = SoftmaxEntropySimulation.run(
      short, sampleCount: context.ensemble.sampleCount, seed: context.seed)
    return rows.flatMap { $0.series(context: context, baseline: baseline, exact: exact, simulated: simulated) }
  }

  private static func closedForms(of rows: [Row]) -> [SoftmaxEntropySimulation.Demand: Double] {
    let demands = Set(rows.flatMap { $0.demands.compactMap { $0 } })
    var values: [SoftmaxEntropySimulation.Demand: Double] = [:]
    for (deviation, group) in Dictionary(grouping: demands, by: \.deviation) {
      let entropy = GaussianEntropy(deviation: deviation)
      for demand in group { values[demand] = entropy.entropy(keys: Double(demand.keys)) }
    }
    return values
  }
}

extension AttentionEntropy {
  /// One method: the deviation and key count of its last query at each length.
  fileprivate struct Row {
    let label: String
    let lengths: [Int]
    /// Nil where the method has no plan, lets logits decay with distance or has no one spread of them.
    let demands: [SoftmaxEntropySimulation.Demand?]
    /// Entropies of methods that let logits decay or have a sink, by length; these are not simulated.
    let own: [Int: Double]

    init(label: String, lengths: [Int], context: AnalysisContext, plan: (Int) -> RotaryPlan?) {
      self.label = label
      self.lengths = lengths
      let plans = lengths.map(plan)
      let sigma = context.ensemble.logitDeviation
      own = Dictionary(
        uniqueKeysWithValues: zip(lengths, plans).compactMap { length, plan in
          guard let plan, plan.decayRates != nil || plan.sink != nil else { return nil }
          if let sink = plan.sink, plan.decayRates == nil {
            return (length, Self.entropy(plan, sink: sink, deviation: sigma, length: length))
          }
          let isWhole = plan.readsTrueDistances && plan.visibility == .causal && plan.hasPlainLogits
          return (length, isWhole ? DecayedEntropy(plan, deviation: sigma, length: length).entropy : .nan)
        })
      demands = zip(lengths, plans).map { length, plan in
        plan.flatMap { plan in
          plan.decayRates != nil || !plan.hasPlainLogits
            ? nil
            : SoftmaxEntropySimulation.Demand(
              deviation: plan.logitDeviation(of: context.ensemble.logitDeviation, query: length - 1),
              keys: plan.keyCount(query: length - 1))
        }
      }
    }

    /// Mean over the sinks of the heads.
    private static func entropy(_ plan: RotaryPlan, sink: HeadValues, deviation: Double, length: Int) -> Double {
      guard plan.logitByDistance == nil, plan.queryScale.isUniform else { return .nan }
      let row = GaussianEntropy(deviation: plan.logitDeviation(of: deviation, query: length - 1))
      let keys = Double(plan.keyCount(query: length - 1))
      return sink.values.reduce(0) { $0 + row.entropy(keys: keys, sink: $1) } / Double(sink.values.count)
    }

    func demand(at length: Int) -> SoftmaxEntropySimulation.Demand? {
      lengths.firstIndex(of: length).flatMap { demands[$0] }
    }

    func series(
      context: AnalysisContext, baseline: Row, exact: [SoftmaxEntropySimulation.Demand: Double],
      simulated: [SoftmaxEntropySimulation.Demand: SampleMean]
    ) -> [AnalysisSeries] {
      let trained = context.trainedLength, target = context.targetLength
      let sigma = context.ensemble.logitDeviation
      func entropy(_ demand: SoftmaxEntropySimulation.Demand?) -> Double { demand.flatMap { exact[$0] } ?? .nan }
      func value(at length: Int) -> Double { own[length] ?? entropy(demand(at: length)) }
      let atTarget = value(at: target), atTrained = baseline.own[trained] ?? entropy(baseline.demand(at: trained))
      let curve = card.curve(
        "closed_form", x: lengths.map(Double.init), lengths.map(value), method: label, length: target,
        summary: [
          .entropyAtTrained: atTrained, .entropyAtTarget: atTarget,
          .entropyWithoutTemperature: GaussianEntropy(deviation: sigma).entropy(
            keys: Double(demand(at: target)?.keys ?? target)),
          .entropyShiftAtTrained: value(at: trained) - atTrained,
          .effectiveKeys: .exp(atTarget), .logitDeviation: sigma,
          .logitDeviationAtTarget: demand(at: target)?.deviation ?? .nan,
          .condensationSigma: GaussianEntropy.condensationDeviation(keys: Double(demand(at: target)?.keys ?? target)),
        ])
      let points = zip(lengths, demands).compactMap { length, demand in
        demand.flatMap { demand in
          simulated[demand].map { SimulatedPoint(x: Double(length), mean: $0, closedForm: entropy(demand)) }
        }
      }
      return [curve, card.simulated(points, method: label, length: target, context: context)]
    }
  }
}

extension SummaryKey {
  /// Nats: entropy of the newest token's row, of the model as trained at its trained length, and of the method at the target,
  /// there also without its temperature. The shift is the method's at the trained length less the model's.
  public static let entropyAtTrained = Self("entropy_at_trained"), entropyAtTarget = Self("entropy_at_target"),
    entropyWithoutTemperature = Self("entropy_without_temperature"),
    entropyShiftAtTrained = Self("entropy_shift_at_trained")
  /// e to the entropy at the target: keys that share the attention.
  public static let effectiveKeys = Self("effective_keys")
  /// Nats: σ of the logits, of the ensemble or as measured; of the method at the target; above which few keys hold the row.
  public static let logitDeviation = Self("logit_deviation"),
    logitDeviationAtTarget = Self("logit_deviation_at_target"), condensationSigma = Self("condensation_sigma")
}
