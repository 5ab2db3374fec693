import RealModule
import RopeMath

/// The longest context in which no pair meets an angle that training did not show.
///
/// Series: `phase_safe_length` (each method) against the length that the plan is made for.
public enum PhaseSafeLength: Analysis {
  public static let card = AnalysisCard(
    id: "phase-safe-length", title: "Phase-safe length", unit: "tokens", xLabel: "length in context (tokens)",
    formula:
      "L_safe = min over pairs with λ_i > L0 of L0·θ_i/θ′_i, L0·θ_i the largest angle of any stage of training; with position maps, the longest context whose largest effective distance stays below it",
    caveat: "A conservative indicator: a phase-safe method can still fail, and a model may bear some new angles.",
    references: [.arXiv("2310.05209", "Liu et al.", "§3"), .arXiv("2309.00071", "YaRN", "§3")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let last = min(4 * context.targetLength, RotaryGeometry.largestLength)
    let lengths = LengthGrid.powersOfTwo(
      from: max(1, context.trainedLength / 2), to: max(last, context.trainedLength),
      including: [context.trainedLength, context.targetLength])
    return context.subjects.map { subject in
      let own = context.trainedPlan(for: subject.plan), trained = context.trainedAngles(for: subject.plan)
      let atTarget = subject.plan.phaseSafeLength(trained)
      let y = lengths.map { length -> Double in
        guard let plan = try? subject.method.plan(length: length) else { return .nan }
        return plan.reachesLike(subject.plan) ? atTarget : plan.phaseSafeLength(trained)
      }
      let first = firstNewPosition(subject.plan, trained, context.targetLength)
      var summary: [SummaryKey: Double] = [
        .phaseSafeLength: atTarget, .shareOfTarget: atTarget / Double(context.targetLength),
        .limitingPair: subject.plan.limitingPair(trained).map(Double.init) ?? .nan,
        .firstNewPositionSimulated: first,
        .oneStepOutside: subject.plan.isOneStepOutside(trained) ? 1 : 0,
        // A whole position stands at most one token behind the length, which need not be whole.
        .simulatedDifference: first - atTarget,
      ]
      if let needed = NeededFactor.find(subject, context, trained) {
        summary[.neededFactor] = needed.factor
        summary.merge(cost(of: needed, own, context)) { $1 }
      }
      return card.curve(
        "phase_safe_length", x: lengths.map(Double.init), y, method: subject.label, length: context.targetLength,
        summary: summary)
    }
  }

  /// What the needed factor costs, at the target and for texts of the trained length.
  private static func cost(
    of needed: NeededFactor, _ trained: RotaryPlan, _ context: AnalysisContext
  ) -> [SummaryKey: Double] {
    var costs: [SummaryKey: Double] = [
      .neededResolutionKept: needed.plan.resolutionKept(trained),
      .neededGeometricMeanRatio: needed.plan.geometricMeanRatio(trained),
    ]
    guard let short = try? needed.method.plan(length: context.trainedLength) else { return costs }
    let deviation = short.logitDeviation(of: context.ensemble.logitDeviation, query: context.trainedLength - 1)
    let own = trained.logitDeviation(of: context.ensemble.logitDeviation, query: context.trainedLength - 1)
    let keys = Double(context.trainedLength)
    costs[.neededResolutionKeptAtTrained] = short.resolutionKept(trained)
    costs[.neededGeometricMeanRatioAtTrained] = short.geometricMeanRatio(trained)
    costs[.neededEntropyShiftAtTrained] =
      deviation == own
      ? 0
      : GaussianEntropy(deviation: deviation).entropy(keys: keys) - GaussianEntropy(deviation: own).entropy(keys: keys)
    return costs
  }

  /// First position up to the target at which some incomplete pair stands at an unseen angle, found by walking each pair
  /// through its positions, coarsely and then token by token; not a number where there is none, and for position maps.
  private static func firstNewPosition(_ plan: RotaryPlan, _ trained: TrainedAngles, _ length: Int) -> Double {
    guard plan.readsTrueDistances else { return .nan }
    var first = Double.nan
    for pair in trained.incompletePairs where pair < plan.pairCount {
      let frequency = plan.inverseFrequencies[pair], limit = trained.largest[pair] * (1 + 1e-12)
      guard frequency > 0 else { continue }
      let stride = max(1, Int(limit / frequency / 64))
      var position = 0
      let end = min(length, first.isNaN ? length : Int(first))
      while position < end, !isNew(Double(position) * frequency, limit) { position = min(position + stride, end) }
      guard position < end || isNew(Double(end) * frequency, limit) else { continue }
      while position > 0, isNew(Double(position - 1) * frequency, limit) { position -= 1 }
      first = first.isNaN ? Double(position) : min(first, Double(position))
    }
    return first
  }

  private static func isNew(_ angle: Double, _ limit: Double) -> Bool {
    angle.truncatingRemainder(dividingBy: TrainedAngles.turn) > limit
  }
}

extension SummaryKey {
  /// Tokens, and that over the target; the pair that limits it.
  public static let phaseSafeLength = Self("phase_safe_length"), shareOfTarget = Self("share_of_target"),
    limitingPair = Self("limiting_pair")
  /// The first untrained position that is met in tokens, and that less the closed form.
  public static let firstNewPositionSimulated = Self("first_new_position_simulated"),
    simulatedDifference = Self("simulated_difference")
  /// 1 where the target lies one token beyond the trained distances.
  public static let oneStepOutside = Self("one_step_outside")
  /// The smallest factor that is phase-safe, and what it costs at the target and at the trained length: shares of the trained
  /// resolution, means of θ′/θ, nats.
  public static let neededFactor = Self("needed_factor"), neededResolutionKept = Self("needed_resolution_kept"),
    neededGeometricMeanRatio = Self("needed_geometric_mean_ratio"),
    neededResolutionKeptAtTrained = Self("needed_resolution_kept_at_trained"),
    neededGeometricMeanRatioAtTrained = Self("needed_geometric_mean_ratio_at_trained"),
    neededEntropyShiftAtTrained = Self("needed_entropy_shift_at_trained")
}
