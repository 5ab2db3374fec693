/// Position interpolation by the current length.
public struct DynamicLinear: ScalingMethod {
  public static let card = MethodCard(
    id: "dynamic-linear", aliases: ["dynamic-pi"], title: "Dynamic PI",
    summary:
      "Position interpolation with the factor that the current length needs: short texts are untouched, every growth beyond the trained length makes cached keys stale.",
    formula: "θ′_i = θ_i · L0/L for L > L0, else θ_i",
    stages: [.frequencies], parameters: [.originalLength],
    references: [
      .arXiv("2309.00071", "YaRN", "§3.3, fig. 5"),
      Reference("jquesnelle/yarn", source: "LlamaDynamicScaledRotaryEmbedding.py"),
    ],
    hazardClass: "K2", training: .none, cost: "None needed; a cache goes stale as the context grows.",
    implementers: ["jquesnelle/yarn"])

  public let trainedLength: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    trainedLength = values.number("original_max_position_embeddings", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.cachedKeys = .drifts(length: Int(trainedLength))
    let scale = max(1, Double(plan.length) / trainedLength)
    for i in plan.inverseFrequencies.indices { plan.inverseFrequencies[i] /= scale }
  }
}
