/// Scale-invariant attention: logits grow and sink with the logarithm of the distance.
public struct ScaleInvariantAttention: ScalingMethod {
  public static let card = MethodCard(
    id: "scale-invariant", title: "Scale-invariant attention", shortTitle: "Scale-invariant",
    summary: """
      Multiplies each logit by a factor and takes an amount off it that both grow with the logarithm of the distance, so \
      that 10 to 100 and 1,000 to 10,000 tokens back get comparable attention in total, the farther range from fewer keys.
      """,
    formula: "l ← a·l + m,  a² = 2 ln(Δ/τ + 1) + 1,  m = 1 − a²,  Δ = p − r",
    stages: [.logitByDistance],
    parameters: [
      MethodParameter(
        "tau", range: 1e-9...1e12, default: .constant(.number(10)),
        summary: "τ: length scale, in tokens, below which little changes")
    ],
    references: [.arXiv("2505.17083", "Scale-invariant attention", "eq. 16, §3.2")],
    hazardClass: "K0", training: .required,
    cost: "Pre-training with it, in the paper on partly rotated heads; attention kernels must take a change of scores.",
    isComparedByDefault: false)

  public let lengthScale: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    lengthScale = values.number("tau", default: 10)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.logitByDistance = .scaleInvariant(lengthScale: lengthScale)
  }
}
