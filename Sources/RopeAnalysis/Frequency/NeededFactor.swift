import RealModule
import RopeMath

/// The smallest `factor` at which a method is phase-safe at the target, and the method with it.
struct NeededFactor {
  let factor: Double
  let method: BoundMethod
  /// Its plan at the target length.
  let plan: RotaryPlan

  private init?(_ factor: Double, _ subject: AnalysisSubject, _ context: AnalysisContext) {
    guard let method = try? subject.method.replacing("factor", with: .number(factor)),
      let plan = try? method.plan(length: context.targetLength)
    else { return nil }
    self.factor = factor
    self.method = method
    self.plan = plan
  }

  /// Found by bisection on the plans themselves, so it holds for every method with a parameter of that name; nil where
  /// the method has none or no factor up to a million is enough. For NTK-aware scaling it is (L/L0)^((d−2)/(2·i_c)).
  static func find(
    _ subject: AnalysisSubject, _ context: AnalysisContext, _ trained: TrainedAngles
  ) -> NeededFactor? {
    func safe(_ factor: Double) -> NeededFactor? {
      guard let candidate = NeededFactor(factor, subject, context),
        candidate.plan.phaseSafeLength(trained) >= Double(context.targetLength) * (1 - 1e-12)
      else { return nil }
      return candidate
    }
    guard subject.method.cards.contains(where: { $0.parameters.contains { $0.key == "factor" } }) else { return nil }
    if let unscaled = safe(1) { return unscaled }
    var low = 0.0, high = Double.log(1e6)
    guard var best = safe(.exp(high)) else { return nil }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if let candidate = safe(.exp(middle)) {
        high = middle
        best = candidate
      } else {
        low = middle
      }
    }
    // Within the bisection's own error a whole factor, such as PI's L/L0, is meant.
    let whole = best.factor.rounded()
    return abs(whole - best.factor) < 1e-9 * whole ? safe(whole) ?? best : best
  }
}
