/// ALiBi: no rotation, a penalty that grows with distance.
public struct LinearBias: ScalingMethod {
  public static let card = MethodCard(
    id: "alibi", title: "ALiBi (linear bias)", shortTitle: "ALiBi",
    summary: """
      Rotates nothing and takes a multiple of the distance off each logit, a geometric sequence of slopes over the heads; \
      BLOOM and MPT are trained with it. A choice of the architecture.
      """,
    formula: "l_h ← l_h − m_h·(p − r),  m_h = 2^(−8h/n) for heads h = 1 … n",
    stages: [.frequencies, .logitByDistance],
    parameters: [
      MethodParameter(
        "slopes", .numbers, range: 0...1e6, default: .absent("the paper's, from the number of heads"),
        summary: "m, one number a query head, or one for all, in nats a token")
    ],
    references: [
      .arXiv("2108.12409", "ALiBi", "§3"),
      Reference("transformers", source: "modeling_bloom.py", place: "_get_alibi_slopes"),
    ],
    hazardClass: "K0", training: .required, cost: "Pre-training with it; nothing at run time.",
    implementers: ["transformers 5.24 (BLOOM, MPT; MPT orders other slopes where heads are no power of 2)"],
    isComparedByDefault: false)

  public let slopes: HeadValues?

  public init(_ values: ParameterValues) throws(MethodError) {
    guard let given = values.numbers("slopes") else {
      slopes = nil
      return
    }
    guard let slopes = HeadValues(given) else {
      throw MethodError(
        .invalidValue, "alibi: “slopes” is an empty list, expected one number or one a head", parameter: "slopes")
    }
    self.slopes = slopes
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.inverseFrequencies = plan.inverseFrequencies.map { _ in 0 }
    plan.logitByDistance = .linear(slopes: slopes)
  }
}
