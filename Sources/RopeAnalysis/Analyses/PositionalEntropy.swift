import RealModule
import RopeMath

/// Entropy of attention where queries and keys have a mean in each pair, so that distance matters and methods differ.
public enum PositionalEntropy: Analysis {
  public static let isLong = true
  public static let card = AnalysisCard(
    id: "positional-entropy", title: "Attention entropy with a mean in each pair", unit: "nats",
    xLabel: "Context length (tokens)",
    formula:
      "H ≈ H̄ + [H(1/Σp̄², √V) − ln(1/Σp̄²)] − ½ ∂V_q/∂ln M, p̄(Δ) ∝ exp(t·g·a²·M·B′(Δ)), V = V_k + V_q, V_q = σ_q²(1 − (1/m)Σ_i |Σ_Δ p̄ e^(jΔθ′_i)|²)",
    caveat:
      "A model with stated means, not measured ones. The closed form is an annealed approximation to second order in the queries' noise; its error is the difference to the simulation. Methods that re-map distances, let scores decay with or depend on them, have a sink or scale each head have no value here.",
    references: [.arXiv("2309.00071", "YaRN", "§3.4"), .arXiv("2104.09864", "RoFormer", "§3.4.3")])

  /// `difference` and `simulated_difference` are the method's entropy less the model's as trained at the same length;
  /// both share their samples, so the difference is far better known than either.
  ///
  /// Keys of the longest simulated row.
  public static let largestSimulatedLength = 16_384

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let trained = context.trainedLength, target = context.targetLength
    let lengths = LengthGrid.powersOfTwo(from: 256, to: max(target, trained), including: [trained, target])
    let baseline = PositionalRow(label: "baseline", lengths: lengths) { _ in context.baseline }
    let rows =
      [baseline]
      + context.subjects.map { subject in
        PositionalRow(label: subject.label, lengths: lengths) { try? subject.method.plan(length: $0) }
      }
    let demands = Set(rows.flatMap { $0.demands.compactMap { $0 } })
    let exact = closedForms(demands, context: context)
    let short = demands.filter { $0.keys <= largestSimulatedLength }
    let simulated = PositionalSimulation.run(short, ensemble: context.ensemble, seed: context.seed &+ 0x905)
    func entropy(_ demand: PositionalDemand?) -> Double { demand.flatMap { exact[$0]?.entropy } ?? .nan }
    let atTrained = entropy(baseline.demand(at: trained))
    return rows.flatMap { row in
      func series(_ name: String, _ y: [Double], _ summary: [SummaryKey: Double] = [:]) -> AnalysisSeries {
        card.curve(name, x: lengths.map(Double.init), y, method: row.label, length: target, summary: summary)
      }
      let last = row.demand(at: target).flatMap { exact[$0] }
      let difference = zip(row.demands, baseline.demands).map { entropy($0) - entropy($1) }
      let summary: [SummaryKey: Double] = [
        .entropyAtTrained: atTrained, .entropyAtTarget: last?.entropy ?? .nan,
        .entropyShiftAtTrained: entropy(row.demand(at: trained)) - atTrained,
        .effectiveKeys: .exp(last?.entropy ?? .nan),
        .massBeyondTrainedAtTarget: last?.massBeyond ?? .nan,
        .logitFactorAtTarget: row.demand(at: target).map { $0.temperature.rotated * $0.temperature.all } ?? .nan,
        .logitDeviation: context.ensemble.logitDeviation, .meanLogit: context.ensemble.meanLogit,
      ]
      var points: [SimulatedPoint] = [], differences: [SimulatedPoint] = []
      for (index, length) in lengths.enumerated() {
        guard let demand = row.demands[index], let values = simulated[demand] else { continue }
        points.append(
          SimulatedPoint(x: Double(length), mean: SampleMean(of: values), closedForm: entropy(demand)))
        guard let plain = baseline.demands[index].flatMap({ simulated[$0] }) else { continue }
        differences.append(
          SimulatedPoint(
            x: Double(length), mean: SampleMean(of: zip(values, plain).map { $0 - $1 }),
            closedForm: difference[index]))
      }
      return [
        series("closed_form", row.demands.map(entropy), summary),
        card.simulated(points, method: row.label, length: target, context: context),
        series("difference", difference),
        card.simulated(
          differences, series: "simulated_difference", method: row.label, length: target, context: context),
      ]
    }
  }

  private struct ClosedForm {
    var entropy: Double
    var massBeyond: Double
  }

  private static func closedForms(
    _ demands: Set<PositionalDemand>, context: AnalysisContext
  ) -> [PositionalDemand: ClosedForm] {
    var values: [PositionalDemand: ClosedForm] = [:]
    for (_, group) in Dictionary(grouping: demands, by: \.plan.inverseFrequencies) {
      let counts = Set(group.map(\.keys))
      let beyond = context.trainedLength
      let last = counts.max() ?? 0
      let profile = MeanProfile(
        frequencies: group[0].plan.inverseFrequencies, counts: counts.union(beyond < last ? [beyond] : []).sorted(),
        seed: context.seed)
      for (_, same) in Dictionary(grouping: group, by: \.temperature) {
        let members = same.sorted { $0.keys < $1.keys }
        let means = PairMeans(context.ensemble, plan: members[0].plan)
        let (rotated, all) = (members[0].temperature.rotated, members[0].temperature.all)
        let sums = profile.sums(scale: all * rotated * means.meanLogit, counts: members.map(\.keys), beyond: beyond)
        for (demand, sum) in zip(members, sums) {
          let slow = all * all * means.queryVariance(rotatedFactor: rotated)
          let variance = all * all * means.keyVariance(rotatedFactor: rotated) + slow * sum.varyingShare
          let noise =
            GaussianEntropy(deviation: variance.squareRoot()).entropy(keys: sum.participation)
            - .log(sum.participation)
          values[demand] = ClosedForm(
            entropy: max(0, sum.entropy + noise - slow * sum.varyingShareSlope / 2), massBeyond: sum.massBeyond)
        }
      }
    }
    return values
  }
}

extension SummaryKey {
  /// Share of the weight beyond the trained length, and what logits are multiplied by, at the target.
  public static let massBeyondTrainedAtTarget = Self("mass_beyond_trained_at_target"),
    logitFactorAtTarget = Self("logit_factor_at_target")
  /// Nats: the ensemble's mean logit at distance 0.
  public static let meanLogit = Self("mean_logit")
}
