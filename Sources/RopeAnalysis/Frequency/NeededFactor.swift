import RealModule
import RopeMath

/// The smallest `factor` at which a method is phase-safe at the target.
enum NeededFactor {
  /// Found by bisection on the plans themselves, so it holds for every method with a parameter of that name; nil where
  /// the method has none or no factor up to a million is enough. For NTK-aware scaling it is (L/L0)^((d−2)/(2·i_c)).
  static func find(
    _ subject: AnalysisSubject, _ context: AnalysisContext, _ trained: TrainedAngles
  ) -> (factor: Double, plan: RotaryPlan)? {
    func plan(_ factor: Double) -> RotaryPlan? {
      try? subject.method.replacing("factor", with: .number(factor))?.plan(length: context.targetLength)
    }
    func isSafe(_ plan: RotaryPlan?) -> Bool {
      (plan?.phaseSafeLength(trained) ?? 0) >= Double(context.targetLength) * (1 - 1e-12)
    }
    guard subject.method.cards.contains(where: { $0.parameters.contains { $0.key == "factor" } }),
      let smallest = plan(1)
    else { return nil }
    if isSafe(smallest) { return (1, smallest) }
    var low = 0.0, high = Double.log(1e6)
    guard isSafe(plan(.exp(high))) else { return nil }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if isSafe(plan(.exp(middle))) { high = middle } else { low = middle }
    }
    return plan(.exp(high)).map { (.exp(high), $0) }
  }
}
