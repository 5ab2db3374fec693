import RopeMath

/// What reach costs on short texts, each method's factor as a path.
///
/// Series: `path` (each method with a `factor` and true distances): x the phase-safe length in tokens under the factors 1,
/// 2, 4 …, y the geometric mean of `θ′/θ` at the trained length over the pairs that turned 1 to 32 times in training.
/// Factors end where the target is reached twice over.
public enum ReachCost: Analysis {
  public static let card = AnalysisCard(
    id: "reach-cost", title: "Change on short texts against reach", unit: "θ′/θ of training",
    xLabel: "phase-safe length (tokens)",
    formula:
      "for s = 1, 2, 4 …: (min_i L0·θ_i/θ′_i(s), (Π_i θ′_i(s, L0)/θ_i)^(1/m) over pairs with 1 ≤ L0·θ_i/2π ≤ 32)",
    caveat:
      "A change of frequencies, not a loss of quality: training under the method may undo it. Methods without a factor, and those that re-map distances, have no path here. Methods whose frequencies follow the length change nothing on short texts.",
    references: [.arXiv("2309.00071", "YaRN", "§3.3"), .arXiv("2310.05209", "Liu et al.", "§3")])

  private static let largestFactor = 1024

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    context.subjects.compactMap { subject in
      guard subject.plan.readsTrueDistances, subject.plan.visibility == .causal,
        subject.method.cards.contains(where: { $0.parameters.contains { $0.key == "factor" } })
      else { return nil }
      var points: [Point] = []
      var factor = 1
      while factor <= largestFactor, (points.last?.reach ?? 0) < 2 * Double(context.targetLength) {
        if let point = point(subject, factor, context) { points.append(point) }
        factor *= 2
      }
      let trained = context.trainedAngles(for: subject.plan)
      guard points.contains(where: { $0.reach != points[0].reach }) || points.count == 1 else { return nil }
      return card.curve(
        "path", x: points.map(\.reach), points.map(\.kept), method: subject.label, length: context.targetLength,
        summary: [
          .firstFactor: points.first.map { Double($0.factor) } ?? .nan,
          .lastFactor: points.last.map { Double($0.factor) } ?? .nan,
          .reachAtTargetPlan: subject.plan.phaseSafeLength(trained),
          .keptAtTargetPlan: shortPlan(subject.method, context)?.middleRatio(context.trainedPlan(for: subject.plan))
            ?? .nan,
        ])
    }
  }

  private struct Point {
    let factor: Int
    let reach: Double
    let kept: Double
  }

  private static func point(_ subject: AnalysisSubject, _ factor: Int, _ context: AnalysisContext) -> Point? {
    guard let method = try? subject.method.replacing("factor", with: .number(Double(factor))),
      let plan = try? method.plan(length: context.targetLength), let short = shortPlan(method, context)
    else { return nil }
    let kept = short.middleRatio(context.trainedPlan(for: plan))
    return kept.isFinite
      ? Point(factor: factor, reach: plan.phaseSafeLength(context.trainedAngles(for: plan)), kept: kept) : nil
  }

  private static func shortPlan(_ method: BoundMethod, _ context: AnalysisContext) -> RotaryPlan? {
    try? method.plan(length: context.trainedLength)
  }
}

extension SummaryKey {
  /// Factors at the ends of the path; its point for the target's own plan, in tokens and θ′/θ.
  public static let firstFactor = Self("first_factor"), lastFactor = Self("last_factor"),
    reachAtTargetPlan = Self("reach_at_target_plan"), keptAtTargetPlan = Self("kept_at_target_plan")
}
