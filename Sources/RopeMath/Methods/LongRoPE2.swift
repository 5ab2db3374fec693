import RealModule

/// LongRoPE2: the constraint that its search starts from.
public struct LongRoPE2: ScalingMethod {
  public static let card = MethodCard(
    id: "longrope2", title: "LongRoPE2",
    summary: """
      Interpolates every pair from a critical one on by at least the whole factor and the faster ones by a raised base; \
      without a searched list this is the constraint's lower bound, with one the list is held to the constraint.
      """,
    formula: """
      λ̂_i ≥ s for i ≥ i_rcd, below it λ̂_i = (b′/b)^(2i/d) with b′ = b^(log_{L0/2π}(s·L0/2π));  θ′_i = θ_i/λ̂_i for \
      L > L0, plain below
      """,
    stages: [.frequencies],
    parameters: [
      .factor, .originalLength,
      MethodParameter(
        "critical_pair", .integer, range: 0...65_536, default: .absent("the first pair whose wavelength exceeds L0"),
        summary: "i_rcd: first pair that is interpolated by the whole factor; the paper's search finds an earlier one"),
      MethodParameter(
        "long_factor", .numbers, range: 1e-9...1e12, default: .absent("the constraint's lower bound"),
        summary: "λ̂ of a search, one number a pair"),
      MethodParameter(
        "attention_factor", range: 0...1e6, default: .constant(.number(1)),
        summary: "multiplier a of cos and sin for L > L0"),
    ],
    references: [.arXiv("2502.20082", "LongRoPE2", "§3")],
    hazardClass: "K1", training: .required,
    cost: "An evolutionary search over needle perplexity and about 10 billion tokens of mixed-window training.",
    implementers: ["none by name; its lists run as longrope"])

  public let factor: Double
  public let trainedLength: Double
  public let criticalPair: Int?
  public let searched: [Double]?
  public let attentionFactor: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    trainedLength = values.number("original_max_position_embeddings", default: 1)
    criticalPair = values.integer("critical_pair")
    searched = values.numbers("long_factor")
    attentionFactor = values.number("attention_factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.cachedKeys = .switchesOnce(length: Int(trainedLength))
    guard Double(plan.length) > trainedLength else { return }
    let critical = criticalPair ?? plan.geometry.criticalPair(at: Int(trainedLength))
    let factors =
      if let searched { try checked(searched, from: critical, plan) } else { try lowerBound(from: critical, plan) }
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] /= factors[i] }
    plan.attentionFactor *= attentionFactor
  }

  private func lowerBound(from critical: Int, _ plan: RotaryPlan) throws(MethodError) -> [Double] {
    let turn = trainedLength / (2 * .pi)
    guard turn > 1, plan.base > 1 else {
      throw MethodError(.undefined, "longrope2 needs a base above 1 and a trained length of more than 2π tokens")
    }
    // ln b′ = ln b · ln(s·L0/2π) / ln(L0/2π)
    let raised = Double.log(plan.base) * .log(factor * turn) / .log(turn)
    let growth = 2 * (raised - .log(plan.base)) / Double(plan.geometry.rotaryDimension)
    return (0..<plan.pairCount).map { $0 < critical ? min(factor, .exp(growth * Double($0))) : factor }
  }

  private func checked(_ list: [Double], from critical: Int, _ plan: RotaryPlan) throws(MethodError) -> [Double] {
    guard list.count == plan.pairCount else {
      throw MethodError(
        .invalidValue, "longrope2: “long_factor” has \(list.count) numbers, this model rotates \(plan.pairCount) pairs",
        parameter: "long_factor")
    }
    for i in list.indices where i >= critical && list[i] < factor {
      throw MethodError(
        .invalidValue,
        "longrope2: “long_factor” is \(list[i].formattedShortest) at pair \(i), the constraint asks for at least"
          + " \(factor.formattedShortest) from pair \(critical) on", parameter: "long_factor")
    }
    return list
  }
}
